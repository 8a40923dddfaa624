CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.authenticator (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    name character varying(120) NOT NULL,
    sealed_secret bytea NOT NULL,
    seal_key_id integer NOT NULL,
    last_step bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
CREATE SEQUENCE public.authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.authenticator_id_seq OWNED BY public.authenticator.id;
CREATE TABLE public.backup_mark (
    taken_at timestamp with time zone NOT NULL
);
CREATE TABLE public.chore (
    name character varying(32) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    leased_by uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone
);
CREATE TABLE public.door (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    door character varying(64) NOT NULL,
    failures_in_row integer NOT NULL,
    closed_at timestamp with time zone
);
CREATE SEQUENCE public.door_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.door_id_seq OWNED BY public.door.id;
CREATE TABLE public.enrolment (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    session_id bigint,
    sign_in_id bigint,
    replaces_id bigint,
    name character varying(120) NOT NULL,
    sealed_secret bytea NOT NULL,
    seal_key_id integer NOT NULL,
    vouched boolean NOT NULL,
    tries integer NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.enrolment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.enrolment_id_seq OWNED BY public.enrolment.id;
CREATE TABLE public.enrolment_pass (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    code_index bytea NOT NULL,
    index_key_id integer NOT NULL,
    made_by character varying(16) NOT NULL,
    made_by_member_id bigint,
    reason character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    holder_hash bytea,
    session_id bigint,
    spent_at timestamp with time zone,
    voided_at timestamp with time zone
);
CREATE SEQUENCE public.enrolment_pass_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.enrolment_pass_id_seq OWNED BY public.enrolment_pass.id;
CREATE TABLE public.event (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    organization_id bigint NOT NULL,
    member_id bigint,
    actor_kind character varying(16) NOT NULL,
    actor_member_id bigint,
    act character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    details json NOT NULL
);
CREATE SEQUENCE public.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.event_id_seq OWNED BY public.event.id;
CREATE TABLE public.event_origin (
    event_id bigint NOT NULL,
    member_id bigint,
    address character varying(64) NOT NULL,
    browser character varying(120) NOT NULL
);
CREATE TABLE public.invitation (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    made_by character varying(16) NOT NULL,
    made_by_member_id bigint,
    reason character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    voided_at timestamp with time zone
);
CREATE SEQUENCE public.invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.invitation_id_seq OWNED BY public.invitation.id;
CREATE TABLE public.key_check (
    key_id integer NOT NULL,
    sealed bytea NOT NULL,
    added_at timestamp with time zone NOT NULL
);
CREATE TABLE public.known_browser (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    browser character varying(120) NOT NULL,
    known_since timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.known_browser_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.known_browser_id_seq OWNED BY public.known_browser.id;
CREATE TABLE public.member (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    organization_id bigint NOT NULL,
    role character varying(16) NOT NULL,
    status character varying(16) NOT NULL,
    name character varying(120) NOT NULL,
    email character varying(254),
    email_key character varying(320),
    email_verified boolean NOT NULL,
    email_changed_at timestamp with time zone,
    password_hash character varying(255),
    password_changed_at timestamp with time zone,
    password_stopped_at timestamp with time zone,
    lock_reason character varying(16),
    locked_until timestamp with time zone,
    failures_in_row integer DEFAULT 0 NOT NULL,
    locks_in_row integer DEFAULT 0 NOT NULL,
    authenticator_count integer DEFAULT 0 NOT NULL,
    codes_left integer DEFAULT 0 NOT NULL,
    codes_pending boolean DEFAULT false NOT NULL,
    ready boolean DEFAULT false NOT NULL,
    enrols_with_pass boolean DEFAULT false NOT NULL,
    code_generation integer DEFAULT 0 NOT NULL,
    factor_generation integer DEFAULT 0 NOT NULL,
    search_text character varying(512) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    last_sign_in_at timestamp with time zone
);
CREATE SEQUENCE public.member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.member_id_seq OWNED BY public.member.id;
CREATE TABLE public.organization (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    slug character varying(40) NOT NULL,
    name character varying(120) NOT NULL,
    time_zone character varying(64) NOT NULL,
    second_factor_required_from timestamp with time zone,
    code_count integer NOT NULL,
    code_visibility character varying(32) NOT NULL,
    remembered_browser_days integer DEFAULT 0 NOT NULL,
    made_at timestamp with time zone NOT NULL,
    requirement_began_for timestamp with time zone
);
CREATE SEQUENCE public.organization_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.organization_id_seq OWNED BY public.organization.id;
CREATE TABLE public.password_link (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    made_by character varying(16) NOT NULL,
    made_by_member_id bigint,
    reason character varying(300) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    voided_at timestamp with time zone
);
CREATE SEQUENCE public.password_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.password_link_id_seq OWNED BY public.password_link.id;
CREATE TABLE public.password_wait (
    key bytea NOT NULL,
    failures integer NOT NULL,
    wait_until timestamp with time zone,
    last_at timestamp with time zone NOT NULL
);
CREATE TABLE public.readiness_figure (
    organization_id bigint NOT NULL,
    day date NOT NULL,
    active integer NOT NULL,
    ready integer NOT NULL,
    no_authenticator integer NOT NULL,
    unacknowledged integer NOT NULL,
    few_codes integer NOT NULL
);
CREATE TABLE public.recovery_code (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    set_id bigint CONSTRAINT recovery_code_set_id_not_null1 NOT NULL,
    number integer NOT NULL,
    code_index bytea NOT NULL,
    index_key_id integer NOT NULL,
    sealed bytea,
    seal_key_id integer,
    spent_at timestamp with time zone
);
CREATE SEQUENCE public.recovery_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.recovery_code_id_seq OWNED BY public.recovery_code.id;
CREATE TABLE public.recovery_code_set (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    generation integer NOT NULL,
    form character varying(16) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_in_session_id bigint,
    acknowledged_at timestamp with time zone,
    handed_at timestamp with time zone,
    voided_at timestamp with time zone,
    total integer NOT NULL,
    proof_number integer,
    proof_tries integer DEFAULT 0 NOT NULL,
    proved_at timestamp with time zone,
    visibility character varying(32) DEFAULT 'viewable'::character varying NOT NULL,
    copies_erased_at timestamp with time zone
);
CREATE SEQUENCE public.recovery_code_set_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.recovery_code_set_id_seq OWNED BY public.recovery_code_set.id;
CREATE TABLE public.second_factor_failure (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    door character varying(64) NOT NULL,
    failed_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.second_factor_failure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.second_factor_failure_id_seq OWNED BY public.second_factor_failure.id;
CREATE TABLE public.session (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    audience character varying(64) NOT NULL,
    scope character varying(16) NOT NULL,
    opened_by character varying(16) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    proved_by character varying(16),
    proved_at timestamp with time zone,
    password_proved_at timestamp with time zone,
    step_up_failures integer DEFAULT 0 NOT NULL,
    next_path character varying(512),
    browser character varying(120) NOT NULL,
    address character varying(64) NOT NULL
);
CREATE SEQUENCE public.session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.session_id_seq OWNED BY public.session.id;
CREATE TABLE public.setup_link (
    id bigint NOT NULL,
    token_hash bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.setup_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.setup_link_id_seq OWNED BY public.setup_link.id;
CREATE TABLE public.sign_in (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    audience character varying(64) NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    next_path character varying(512),
    browser character varying(120) NOT NULL,
    address character varying(64) NOT NULL
);
CREATE SEQUENCE public.sign_in_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sign_in_id_seq OWNED BY public.sign_in.id;
ALTER TABLE ONLY public.authenticator ALTER COLUMN id SET DEFAULT nextval('public.authenticator_id_seq'::regclass);
ALTER TABLE ONLY public.door ALTER COLUMN id SET DEFAULT nextval('public.door_id_seq'::regclass);
ALTER TABLE ONLY public.enrolment ALTER COLUMN id SET DEFAULT nextval('public.enrolment_id_seq'::regclass);
ALTER TABLE ONLY public.enrolment_pass ALTER COLUMN id SET DEFAULT nextval('public.enrolment_pass_id_seq'::regclass);
ALTER TABLE ONLY public.event ALTER COLUMN id SET DEFAULT nextval('public.event_id_seq'::regclass);
ALTER TABLE ONLY public.invitation ALTER COLUMN id SET DEFAULT nextval('public.invitation_id_seq'::regclass);
ALTER TABLE ONLY public.known_browser ALTER COLUMN id SET DEFAULT nextval('public.known_browser_id_seq'::regclass);
ALTER TABLE ONLY public.member ALTER COLUMN id SET DEFAULT nextval('public.member_id_seq'::regclass);
ALTER TABLE ONLY public.organization ALTER COLUMN id SET DEFAULT nextval('public.organization_id_seq'::regclass);
ALTER TABLE ONLY public.password_link ALTER COLUMN id SET DEFAULT nextval('public.password_link_id_seq'::regclass);
ALTER TABLE ONLY public.recovery_code ALTER COLUMN id SET DEFAULT nextval('public.recovery_code_id_seq'::regclass);
ALTER TABLE ONLY public.recovery_code_set ALTER COLUMN id SET DEFAULT nextval('public.recovery_code_set_id_seq'::regclass);
ALTER TABLE ONLY public.second_factor_failure ALTER COLUMN id SET DEFAULT nextval('public.second_factor_failure_id_seq'::regclass);
ALTER TABLE ONLY public.session ALTER COLUMN id SET DEFAULT nextval('public.session_id_seq'::regclass);
ALTER TABLE ONLY public.setup_link ALTER COLUMN id SET DEFAULT nextval('public.setup_link_id_seq'::regclass);
ALTER TABLE ONLY public.sign_in ALTER COLUMN id SET DEFAULT nextval('public.sign_in_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0003');
INSERT INTO public.authenticator VALUES (1, 'ae746c4b-3946-4ea4-96d3-13ac69f506a2', 1, 1, 'Phone', '\x012dac5b2e3c7fe7bdfe88614895d0667f97dfde2d5eb8123fd7ee5e4b78708fc314553e10a4f8ea259f4ef207f75e5e6e', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (2, '39521f08-f092-4b36-911b-d362e102d6aa', 2, 1, 'Phone', '\x0179cc3be837254136d2abae50663f74ba0f8bbb99d4cb496cf4ae2025e023cbf15eba4db875e4cdf893e6afe51a23886e', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (3, 'de8bf4d8-b260-4293-b851-56d11b2fbbdb', 4, 1, 'Phone', '\x016e900b681fcfe883d88de5b69979e8e56a1d1ca474341eb7c1b8b686e78c23e24d3e8c6d53440fba8d124d278c10ddcc', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (4, '20cae9f0-3076-47e0-9c3c-5e0e5f2bc0fc', 5, 1, 'Phone', '\x018354c97e4933c88c944dc63c4ab41665e333fb200c853bae6b994f14b570aa702a99dc54d895508ceb18448065d2ae58', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.door VALUES (1, 4, 1, 'portal', 10, NULL);
INSERT INTO public.event VALUES (1, '06a69471-b2f0-40d5-a5e5-b446621974c2', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (2, 'ce4a0164-85f9-472a-b9f9-e116323ddaef', 1, 1, 'member', 1, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (3, '2ea88c7c-c8c1-4f20-a293-25e37a35b684', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (4, '05df304c-7c12-4b19-8d5c-d400a43826ec', 1, 1, 'member', 1, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (5, 'e50267f1-57b7-4799-ab1e-865768ed9927', 1, 1, 'member', 1, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (6, 'd7313eb0-810c-41bc-924a-c4d864752f7b', 1, 1, 'member', 1, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
INSERT INTO public.event VALUES (7, 'd7eb4add-13b4-4f62-91cf-81ec8df9ffea', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (8, '1b0bef33-ef90-4d8f-adbe-2171aa27ee3f', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 1}');
INSERT INTO public.event VALUES (9, '6c88b042-0598-4f1d-8f31-ac6d5503f1a4', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}');
INSERT INTO public.event VALUES (10, '9505c76c-4fb5-4836-a4c0-bea0b3943590', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (11, 'cfbffe19-6c5c-4325-94d5-77c869a758e6', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 2}');
INSERT INTO public.event VALUES (12, 'c1247c5b-1b2d-428f-aa9b-b54aa5e6c8dd', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}');
INSERT INTO public.event VALUES (13, '34747c58-b6df-47dc-b40f-55fa3b50c865', 1, 2, 'member', 2, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (14, '37983a8a-07eb-4b10-9fe2-fb91c9bfcc67', 1, 2, 'member', 2, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (15, 'e1967c54-84a3-4788-88ca-d87655c1a024', 1, 2, 'member', 2, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (16, 'cc0149a7-25ff-4328-8ca6-ec726eda82c1', 1, 2, 'member', 2, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (17, '60b942f2-af4a-49be-ade3-616033295329', 1, 2, 'member', 2, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (18, 'a935faf4-b952-4c46-8533-250125ea3122', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (19, '213358bc-6252-4c9c-945c-7eb3441a21d6', 1, 4, 'member', 4, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (20, '67f68e02-31a8-4d88-a0b9-15c41f5d9314', 1, 4, 'member', 4, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (21, 'eef8356f-730e-4f6f-9bef-515a6db47f90', 1, 4, 'member', 4, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (22, '3169cc1a-93f4-470d-8edd-4986a75cd63e', 1, 4, 'member', 4, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (23, 'f071faf2-d7f2-4e0f-91d6-a43b9ebfbead', 1, 4, 'member', 4, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
INSERT INTO public.event VALUES (24, 'b6db5f3e-3a50-4d18-ab29-f236463fa5db', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (25, 'bccbcdf0-85d9-49cf-9a1f-a8264c5f168a', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (26, '5be7b26f-9bb1-4795-839c-33ca8691a6ab', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (27, '9dce9af8-bc33-4c7a-8999-60414a0f2081', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (28, '8a26824e-b588-498c-a382-abb3403427da', 1, 4, 'member', 4, 'second_factor.failures_noticed', '2026-05-04 09:30:00+00', '{"failures": 3}');
INSERT INTO public.event VALUES (29, '9357c0f2-ea80-4d95-b560-b001741dd9d0', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (30, 'ba24b6db-9551-4514-b02d-7d52fea120d4', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (31, '074623c1-0091-4698-ba2c-065e94ceb434', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (32, '935eca71-c7dd-4138-98af-61762f87cade', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (33, '99018e1b-d17a-4f12-8850-6ce32ba8e9b8', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (34, 'e93573d0-de51-4640-9236-00a73ec68910', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (35, 'c0e9be4d-d84d-48d2-bdb5-1f1829ab0fb5', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (36, '8b5a1e1e-f945-4020-8624-0b85b0bb943f', 1, 4, 'member', 4, 'second_factor.locked', '2026-05-04 09:30:00+00', '{"reason": "attempts", "until": "2026-05-04T10:30:00+00:00"}');
INSERT INTO public.event VALUES (37, '9d87dcc8-d44d-4ad5-b776-33611bb339a9', 1, 5, 'member', 5, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (38, '5fc62898-4b64-4944-9db6-329ba6994597', 1, 5, 'member', 5, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (39, 'fa3532aa-8aab-442c-af4d-1a18e560f9de', 1, 5, 'member', 5, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (40, '8efa0fa9-f0cf-43bb-b666-0dc7ee07174f', 1, 5, 'member', 5, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (41, '00ab8f6f-6aa8-4fdc-b400-75fb64a9cb47', 1, 5, 'member', 5, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (42, '4c53f438-3947-42dc-9560-eed66165cee8', 1, 5, 'member', 5, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
INSERT INTO public.event_origin VALUES (1, 1, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (2, 1, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (3, 1, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (4, 1, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (5, 1, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (6, 1, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (7, 1, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (8, 1, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (9, 1, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (10, 1, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (11, 1, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (12, 1, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (13, 2, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (14, 2, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (15, 2, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (16, 2, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (17, 2, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (18, 4, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (19, 4, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (20, 4, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (21, 4, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (22, 4, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (23, 4, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (24, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (25, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (26, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (27, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (28, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (29, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (30, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (31, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (32, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (33, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (34, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (35, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (36, 4, '198.51.100.20', 'Chrome on Windows');
INSERT INTO public.event_origin VALUES (37, 5, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (38, 5, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (39, 5, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (40, 5, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (41, 5, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.event_origin VALUES (42, 5, '192.0.2.10', 'Firefox on Linux');
INSERT INTO public.known_browser VALUES (1, '7147be12-9714-4a59-a0d6-ae68e1a77675', 1, 1, '\x1cd9f98cd2ade9255ece67053755497942c853808bba916ca52895a6c9da909a', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (2, '504027ba-9e75-4844-b5f4-b4449ad3b441', 1, 1, '\xa4fe5ebb15f51a1ef57a70cf8bd462192f41c1cc1310a61fc3932ab1ba3334b9', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (3, '556a342c-eb58-4f75-b4c6-51d0ba2a71c6', 1, 1, '\x8b62f7d0ed3382def6ead34f72b771d095da455db670bfae050dee2262afe7d8', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (4, '874ef6f8-91b6-4d9c-ba61-c371cd3aa57e', 2, 1, '\x7a2db7887f30b3804e8ed526d71d351d80062abd74df455dd149bdacc12d6b92', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (5, '1bf67ca0-c066-47db-8c97-d108ea45940b', 4, 1, '\xe43d422f87a5dea68e45a45ae7b3330bf8ab268785ed5543cb8c137f9e7ee37d', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (6, '951ab8d5-0a72-4c77-bd7f-93a3c52ad3cc', 5, 1, '\x083e0fcca499334e204f6665538da3a7ced7cbcb89a4578a972e94141024da34', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.member VALUES (5, '18a75570-9598-43d3-89ed-19880ae47b1a', 1, 'owner', 'active', 'Olive', 'olive@example.org', 'olive@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$waHmd22wgXNhliVJ9trdmg$5/0ZRbCMkOBATqQh+mD3m5hF9kK64L1/QNOQADYDlHk', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, false, true, false, 1, 1, 'olive olive@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (1, '3bcddf13-2a1a-4a86-abf4-a02b996a11fd', 1, 'member', 'active', 'Ada', 'ada@example.org', 'ada@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$K8WUNBDSCRKjGJ06qeEFog$f3/Ni1uxlohf0evQ6JgUZEs+A7Rhq/HCSHl8BZ7thXA', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 8, false, true, false, 1, 1, 'ada ada@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (2, 'c1658309-b6e5-4320-bfed-3f4c55c6a075', 1, 'member', 'active', 'Bob', 'bob@example.org', 'bob@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$7t4uTTSGwT/iCJQi+7ZpFw$5U8/sMYdkogBGJMHmZSCVZJgy7kQPceR5AP7tebuGT0', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, true, false, false, 1, 1, 'bob bob@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (3, 'edcf287a-00cc-42b9-9bbc-523a73e82d26', 1, 'member', 'active', 'Cleo', 'cleo@example.org', 'cleo@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$fajExGbHGU5V1vOdkRT+dw$Nc7rI35NJoYr7P9P1y8u0mhGh6PjuSvZ2d1G86wYDMo', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 0, 0, false, false, false, 0, 0, 'cleo cleo@example.org', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (4, 'd2ef027e-1eb5-43cc-92e7-ffbbba9dfbd3', 1, 'member', 'active', 'Dan', 'dan@example.org', 'dan@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$IoPrHY8J7DPBOJwUW9pI/Q$v5HyAgjwrAOdX3jP1/hB9Z5KFn9VDwY8ySpI+9AkGlA', '2026-05-04 09:30:00+00', NULL, 'attempts', '2026-05-04 10:30:00+00', 0, 1, 1, 10, false, true, false, 1, 1, 'dan dan@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.organization VALUES (1, '0f54f705-622a-4d43-8380-8915a069eb11', 'harbour', 'Harbour', 'UTC', '2026-05-04 09:30:00+00', 10, 'viewable', 0, '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\x1ab170bebbaf4c225a10ec7ca509b1434bb3dc8e791634b2c29401ddf16ccd98', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\x809150653a96031d3a6f8556ef05feea7ca79869db25cdd5efe8e1d9e1698dc7', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (3, 1, 1, 1, 3, '\x2b7a5331107d0807865946111468b790a92ecb9676c82a2df962e11f189bd019', 1, '\x0180b6b64886f123e7d9efb9982ec81e37479022979f27c20362d242b85391f7852f08acfe462c99200b5f00e8', 1, NULL);
INSERT INTO public.recovery_code VALUES (4, 1, 1, 1, 4, '\x79ac7acb199ebff679cb7c0eff7fd342aa8485d163fdc317c84fa1623da88346', 1, '\x01f61c4362ae1048fe753a8de4b2f11410baaed5b7fc70c6024d39e955f3b98c5b71b3c2e433b600e636500a7d', 1, NULL);
INSERT INTO public.recovery_code VALUES (5, 1, 1, 1, 5, '\x647e22a5886b6bc9e4eabf14b10960fbc95d504e740fc70a7fc5592caf411445', 1, '\x01a22684df5f64f2fba3c04ec933ca7e3aaae986b85a589055f9b0ef36cff8fbb44701a103964dd32866d3b20e', 1, NULL);
INSERT INTO public.recovery_code VALUES (6, 1, 1, 1, 6, '\x8f18dacb90dde3bbc7aa0f7d996ad854b36a33a7f2423d09195d2b7d906b2157', 1, '\x0165bc468c4235146e0bce9d55de8d5643e8b8954d3f6301a1d1593bf35209b04b748252c61969b07a9de0d1c3', 1, NULL);
INSERT INTO public.recovery_code VALUES (7, 1, 1, 1, 7, '\x52a8853a96a64f70f13153c6c225ce23e64e08f9fbdea012987b0812ec3b10b1', 1, '\x0137d8b6ca3cc60294d8d1d396702d09237cebc949b84e9fe19ab02b54f30c80243aef6fb5ea261caa7f2c3151', 1, NULL);
INSERT INTO public.recovery_code VALUES (8, 1, 1, 1, 8, '\xf5b89a3f16c3317aa0d2ac7efb3673f21d4113e139ece18e5b35fd75454a60d6', 1, '\x01ec1f470f760bb4bd69ac5c804043fac7877a152e91282f47193eb5f68889b5429222b11849ca8893d6ba9386', 1, NULL);
INSERT INTO public.recovery_code VALUES (9, 1, 1, 1, 9, '\x294c0f9ed29188179d3f05dcd1543326181171a6b6a134b933fd3e13e5c46833', 1, '\x01d6ad6c96eb90936ab0fa0f62f204ed1c561840b926af5fa47d38d2bcb37825b02685cb4eaf2f694d9f782609', 1, NULL);
INSERT INTO public.recovery_code VALUES (10, 1, 1, 1, 10, '\xc11e5688f5634074bdf159c06312392af5c00648bd4a554b5cd031efe13118cb', 1, '\x0166c77fa6bf72e1ddeb22efdb20ffbbe2687044267f3a6e51ed633b3a098431d9049d00095cd1fd50fb1e63de', 1, NULL);
INSERT INTO public.recovery_code VALUES (1, 1, 1, 1, 1, '\xa9cd802daf5b8f47d8d34caff8d21ffa27a96d3b754d1f1fd7ded77e082883a1', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (2, 1, 1, 1, 2, '\xc8eb9622af0b5b00a04d1cb51689a872a838ff74f4760d58f5ab5dc57372a59e', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (11, 2, 1, 2, 1, '\x23199069e1fbf7eea1e7a7e6f88af53d8ce746b954bd36612a4aea3bf04f8fc6', 1, '\x011f1b256c51d9e1bbeb79f7eef60383e6cba94154417f15e7c70e397039812188816273de45bc79f75acee29a', 1, NULL);
INSERT INTO public.recovery_code VALUES (12, 2, 1, 2, 2, '\xfe77a49473e916f2061dff8109836e54a15cd7f1dd7501972b0099fbf09a29a4', 1, '\x012e9e5118b234a28846322abe64bfab249bc6bffb3c76885bb033774d8c2116a40fee0c7bbc09693750bbc0cc', 1, NULL);
INSERT INTO public.recovery_code VALUES (13, 2, 1, 2, 3, '\x47099191aa6f7b0ec70c4d823f745a37ca5c6ddc0cc52a64be91cbf92bdfd7d1', 1, '\x015c7523f83db0b70cc34ef4846194cb0eb95325ef6c0c06249faccd4b2c4b2260f873f5f89a294da68d460fe6', 1, NULL);
INSERT INTO public.recovery_code VALUES (14, 2, 1, 2, 4, '\xf958919b4e0a9dc8c8d1469e74547f999934930626074e784eff0f31c8db77dc', 1, '\x01389157c735e6b5ae9e1e602420503fdc05943dbb4906aae6b5294e94c1306990fea9febab537432c75405e19', 1, NULL);
INSERT INTO public.recovery_code VALUES (15, 2, 1, 2, 5, '\xbe6ac33b017f35065cba84842e5ceb6fed284cba953974549cae979961e76c21', 1, '\x017e9a11147f95a5db7140484f8a91da0c60c61bf648fa5b6f0ace2476a5a73908136c37f323a87b4a6dff8145', 1, NULL);
INSERT INTO public.recovery_code VALUES (16, 2, 1, 2, 6, '\x37601e46f11e5b9f74a2ff8f05816c3f90f1a03f2c3a8424d9ace0ab7a40eff8', 1, '\x018541ca635fdcc7e3d18e6daebe333eb63a83454b7fd2c38854542f4bacd06365f77334d9c74ddfcc36b230e8', 1, NULL);
INSERT INTO public.recovery_code VALUES (17, 2, 1, 2, 7, '\x87a2a787332b582728950548a470af712b524d85d5ebb68d4a84b64d7cbdb6ec', 1, '\x011e4c502d3875d2e1b7982bc16a48b49afea5af0478b354134934a2ce011da41b47ed000997ecdf72cab4fd38', 1, NULL);
INSERT INTO public.recovery_code VALUES (18, 2, 1, 2, 8, '\x5eab741604ea1f82f3f295b7a63dc606355d5e00702f8995674f7312a141439a', 1, '\x01030a738057b6137b2bb3804d60ed877cc776cdf3eb9e937be589bd5796554cecccb6d046792f980b48cc8b47', 1, NULL);
INSERT INTO public.recovery_code VALUES (19, 2, 1, 2, 9, '\x90491c3a7b4564d711e71678bd957c7d1c391c67a3a9b09afb669f9f9ce4e35e', 1, '\x01067cd94dd330fc0357bf4f4cd33cab4a236e4e428e11dd571428d33639757bb58696c19b45e2f67216da55b5', 1, NULL);
INSERT INTO public.recovery_code VALUES (20, 2, 1, 2, 10, '\xaf979f84c0f3fb791ea26e0df11b16118e89e8fcb42ed6b0608643115cce22ff', 1, '\x01f7b6fc72fe1b42396ece4104a8cd113eb297a1a3a364f3037c785c252552b4bc4ff52d82fc706e40d1b2df56', 1, NULL);
INSERT INTO public.recovery_code VALUES (21, 4, 1, 3, 1, '\xaacb75f02a0485049effc0a1effea6a834e53265c8655b566ab9afec21d742d8', 1, '\x014201360e87ebcfab28b4dfd91ea27d43d8b8a535b95dc1666e2cc428c4075ac9367e17eb21251de21976af9d', 1, NULL);
INSERT INTO public.recovery_code VALUES (22, 4, 1, 3, 2, '\x82f230be48fb6ba6b398ce3f1d8166fcde90e31f62fda802e0ef179de60b95fd', 1, '\x01d97c03ce29a69a6923b9d49e2b12bb6ef6a43f061fa8558304dbe6af0486a852dabbc30f4b5e66d09be0cae1', 1, NULL);
INSERT INTO public.recovery_code VALUES (23, 4, 1, 3, 3, '\xb555039e3a271d3bbddf26b7b622b597d1454b29526e4f16d16178890e959d2d', 1, '\x01d539b755fcc3771d68f2d7f098fca79e48164dff60fc03261171ab00f1f1c5461f1a22e87f9c0238d68fc1d3', 1, NULL);
INSERT INTO public.recovery_code VALUES (24, 4, 1, 3, 4, '\xf057675058af02e91c3e99152eca42374eb3447ffe22e59580dd3c1a963f19b2', 1, '\x010782c71339e7387d784944671bc5ac0c7188a2aaa55a1b65981c1eff656c8937ec698b3a339743f6d191ac9b', 1, NULL);
INSERT INTO public.recovery_code VALUES (25, 4, 1, 3, 5, '\x818b608b8e11cea4eb93df8d42e1b9342684c85c611ed3f83165fa6f59a227b5', 1, '\x014a18c32e596ec2c60c657d403a3ca50c88b8820ee9e82aa34d4dd6232285bc0dba93c98db126f161b70a8441', 1, NULL);
INSERT INTO public.recovery_code VALUES (26, 4, 1, 3, 6, '\xaa1c565c3caed8a92fdbecd2898affde7a559894464a88787662802a64224a44', 1, '\x016558370f520d06d3095093cb133654eea4654634a59757171c4a7f7abae0d9e69c3d995b9e369d6191f0d2d7', 1, NULL);
INSERT INTO public.recovery_code VALUES (27, 4, 1, 3, 7, '\x7612adb557dc4fa82334845f2b789721ba9663a8411c1976df841b8f9eafe7e8', 1, '\x0160539fa8cd6c3e0cf7aa60cd6afb1866bd8f7013f1be66d7bdb43846d160f27ac22d91342a4adcc5865a36fd', 1, NULL);
INSERT INTO public.recovery_code VALUES (28, 4, 1, 3, 8, '\x7558a7fdbf96e706bd1082bb3b98ae14b396be8b42da3760d276ba2e5138cc39', 1, '\x01eecd431685b9172f6cd22ded3f62a10d19ad4d2d0038a787881d3bcb74050564f720620b8ca9193d56df0194', 1, NULL);
INSERT INTO public.recovery_code VALUES (29, 4, 1, 3, 9, '\x8442064c4af59d97e4840d9c63d079d0c70e2d8d4addcff7ba801353496334aa', 1, '\x01f5fe7cb606686408542e83d11b74307ce73cde5c683fd3bcb32a4bdd82cc8aafcf91a11eb6457daef05640ad', 1, NULL);
INSERT INTO public.recovery_code VALUES (30, 4, 1, 3, 10, '\xcc8ccca17df9a9dfeea3db410edf35efafffe3316c2d7b8b08ebf287c070b3c9', 1, '\x01d00df1d4c0daeb741a7b04261e5413e55da639c8d1359ab50170687bea2be5bbb981c92879e74cf6dbe22ccf', 1, NULL);
INSERT INTO public.recovery_code VALUES (31, 5, 1, 4, 1, '\xe2768254d05c5b511969cda2f93368ba664fdc2807c95eb867553a16be8ea494', 1, '\x01b237824c3d002438609a5e7aa2abc8933bb0d081975aa9c1bba51eb624f8f638558155ac59643ea32d6e7843', 1, NULL);
INSERT INTO public.recovery_code VALUES (32, 5, 1, 4, 2, '\x917dc5602f3a144cf2354fb254dd41e542fdca42ed90ea5d1f4c48d6fe2ef379', 1, '\x0136c162c123563cd51424b0f321a92e08e89d1a0b690437f113c7546a23b6474f7876e2c74e209a0c7c4f222e', 1, NULL);
INSERT INTO public.recovery_code VALUES (33, 5, 1, 4, 3, '\xe0426041e166be916a63ad965c34f2b8ae965d1f7b628c856d3a1a1b9b92f2ab', 1, '\x016ba355227a4dea6e54cbfc70c99e8585b77c0080f1d8b58136a4243f35a1944c3b1e4a85a398af248d267298', 1, NULL);
INSERT INTO public.recovery_code VALUES (34, 5, 1, 4, 4, '\xd94b559526b13a3f326425c342c2d16a36eee4ebbbf9c9215684ed88bc6eb7da', 1, '\x01e011bec413eccb5f24d666a971add7edc8256272c1fc11fbfe84a6e768c7f782e7efcd81133d5fd99298923d', 1, NULL);
INSERT INTO public.recovery_code VALUES (35, 5, 1, 4, 5, '\xb5ae44f5cf63774aa73f30fb52788b9662ca430845bf6414baedb9bfe6595ead', 1, '\x017bad3b928e24d8070d322707b66dc13887f2f959cb0e99ee1d0b1d19c0edc449569d1b4b689b359bd7c45444', 1, NULL);
INSERT INTO public.recovery_code VALUES (36, 5, 1, 4, 6, '\xfed33f9c61597ace8d3d17ceea2107c3db1e322c7ff03413ddbe15ad5720d4fd', 1, '\x011d2a9bed3c5e920095013998a2dde555bf5c577536461cd399633af936f5445cc5a801fd171b52c97f3bfead', 1, NULL);
INSERT INTO public.recovery_code VALUES (37, 5, 1, 4, 7, '\x66a67201fa70a4ed6ec307b26e5272105520ba07807362596957026f264e1cfb', 1, '\x01dbccede1a3d749e63b0f74ade1b3cd0a0f1f14101e1bf04923e94a3c21b0750cb3729485663cb54d81ab7750', 1, NULL);
INSERT INTO public.recovery_code VALUES (38, 5, 1, 4, 8, '\x174a17117f5cb18e992ce5e31577ac765b4733ec1852feb9eb21dddd6b9095d7', 1, '\x01722646e82b4b2c20c2678ae65dbe616e8a00d5105023c8eac0a8658563484293d1dcc421dcc80e56409e9abe', 1, NULL);
INSERT INTO public.recovery_code VALUES (39, 5, 1, 4, 9, '\x4ae93af2a5eb2b52e7a93c0daad5fe13c8de3223e7bb8e9c95dfea8621e285ba', 1, '\x010923ddc59de5a630325d3305b49a063f3424af9bf6c4dd4592c806f399c8341d15f8aa632e93540193df28c8', 1, NULL);
INSERT INTO public.recovery_code VALUES (40, 5, 1, 4, 10, '\x33035546bd2790f7ccb0e31a59c38e4663153bbdc020fe29e1a24a2393501bc9', 1, '\x019f8ae3c6557c912f18993db3c456c2924533606d529ee04298cf9c4b66dd09db6aea4bb80dec85e443544535', 1, NULL);
INSERT INTO public.recovery_code_set VALUES (1, '328b6fa5-8d57-48ad-a8ed-bfb5109e5eb7', 1, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 1, '2026-05-04 09:30:00+00', NULL, NULL, 10, 10, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (2, '13c05000-3ff1-4016-ab46-2706f83ee7bc', 2, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 4, NULL, NULL, NULL, 10, 10, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (3, '7f864f2c-5c40-41b2-8693-5b9941de56b3', 4, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 5, '2026-05-04 09:30:00+00', NULL, NULL, 10, 1, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (4, 'ea75eb36-cb28-4576-b884-95e2e2bd8bf8', 5, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 6, '2026-05-04 09:30:00+00', NULL, NULL, 10, 10, 0, NULL, 'viewable', NULL);
INSERT INTO public.second_factor_failure VALUES (1, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (2, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (3, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (4, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (5, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (6, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (7, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (8, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (9, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.second_factor_failure VALUES (10, 4, 1, 'portal', '2026-05-04 09:30:00+00');
INSERT INTO public.session VALUES (1, 'b24e1054-0b8c-4606-a0f5-f7b14c7a54f9', 1, 1, '\x13a277172fdca9c0d13af098b088792b228bbe18f57a8dc9923c588fdaf8f680', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (2, 'fefd79c8-7719-4616-8c62-99155245d67a', 1, 1, '\xe49ed0415ec72a7341cb96a4ce95276b06ccd7224029e33ff41dce67aa777212', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20');
INSERT INTO public.session VALUES (3, '2bded51f-fdc8-4915-8bf1-42f73999db09', 1, 1, '\x66ca184c4a58e7ad1e14420a6f20bd87907d10a2a48956e92b95a690cfbe7a22', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20');
INSERT INTO public.session VALUES (4, '20cefbeb-fe74-42fd-acf2-acf8d6613988', 2, 1, '\x3af764d2958151f227e04dd5f0ee2449d0e5f2559eaf440cfe3523f2279be435', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (5, '2c313c94-4173-41f8-a1d4-3d07b58ed1f6', 4, 1, '\x1c5163e6b04167814c271368be0815dbaf915be2ae994e3238e13201ef48f311', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (6, '636e348a-3133-4a6f-b850-1ee1c8a458ea', 5, 1, '\xb761fd0547cb75880aa399999c8d6a03433ceef0d99d089144939a6b4bd5baf6', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.sign_in VALUES (6, 'e8a6bcfa-1f50-4caf-b0fe-0abe712c0558', 4, 1, '\xc0e2ef7816da41ca8833505bbc5aae3278df1255a1e773c81a31b5c0fa00c6ab', 'portal', '2026-05-04 09:30:00+00', '2026-05-04 09:45:00+00', NULL, 'Chrome on Windows', '198.51.100.20');
SELECT pg_catalog.setval('public.authenticator_id_seq', 4, true);
SELECT pg_catalog.setval('public.door_id_seq', 1, true);
SELECT pg_catalog.setval('public.enrolment_id_seq', 4, true);
SELECT pg_catalog.setval('public.enrolment_pass_id_seq', 1, false);
SELECT pg_catalog.setval('public.event_id_seq', 42, true);
SELECT pg_catalog.setval('public.invitation_id_seq', 1, false);
SELECT pg_catalog.setval('public.known_browser_id_seq', 6, true);
SELECT pg_catalog.setval('public.member_id_seq', 5, true);
SELECT pg_catalog.setval('public.organization_id_seq', 1, true);
SELECT pg_catalog.setval('public.password_link_id_seq', 1, false);
SELECT pg_catalog.setval('public.recovery_code_id_seq', 40, true);
SELECT pg_catalog.setval('public.recovery_code_set_id_seq', 4, true);
SELECT pg_catalog.setval('public.second_factor_failure_id_seq', 10, true);
SELECT pg_catalog.setval('public.session_id_seq', 6, true);
SELECT pg_catalog.setval('public.setup_link_id_seq', 1, false);
SELECT pg_catalog.setval('public.sign_in_id_seq', 7, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.authenticator
    ADD CONSTRAINT pk_authenticator PRIMARY KEY (id);
ALTER TABLE ONLY public.backup_mark
    ADD CONSTRAINT pk_backup_mark PRIMARY KEY (taken_at);
ALTER TABLE ONLY public.chore
    ADD CONSTRAINT pk_chore PRIMARY KEY (name);
ALTER TABLE ONLY public.door
    ADD CONSTRAINT pk_door PRIMARY KEY (id);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT pk_enrolment PRIMARY KEY (id);
ALTER TABLE ONLY public.enrolment_pass
    ADD CONSTRAINT pk_enrolment_pass PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (id);
ALTER TABLE ONLY public.event_origin
    ADD CONSTRAINT pk_event_origin PRIMARY KEY (event_id);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT pk_invitation PRIMARY KEY (id);
ALTER TABLE ONLY public.key_check
    ADD CONSTRAINT pk_key_check PRIMARY KEY (key_id);
ALTER TABLE ONLY public.known_browser
    ADD CONSTRAINT pk_known_browser PRIMARY KEY (id);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT pk_member PRIMARY KEY (id);
ALTER TABLE ONLY public.organization
    ADD CONSTRAINT pk_organization PRIMARY KEY (id);
ALTER TABLE ONLY public.password_link
    ADD CONSTRAINT pk_password_link PRIMARY KEY (id);
ALTER TABLE ONLY public.password_wait
    ADD CONSTRAINT pk_password_wait PRIMARY KEY (key);
ALTER TABLE ONLY public.readiness_figure
    ADD CONSTRAINT pk_readiness_figure PRIMARY KEY (organization_id, day);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT pk_recovery_code PRIMARY KEY (id);
ALTER TABLE ONLY public.recovery_code_set
    ADD CONSTRAINT pk_recovery_code_set PRIMARY KEY (id);
ALTER TABLE ONLY public.second_factor_failure
    ADD CONSTRAINT pk_second_factor_failure PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT pk_session PRIMARY KEY (id);
ALTER TABLE ONLY public.setup_link
    ADD CONSTRAINT pk_setup_link PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT pk_sign_in PRIMARY KEY (id);
ALTER TABLE ONLY public.authenticator
    ADD CONSTRAINT uq_authenticator_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.door
    ADD CONSTRAINT uq_door_member_id_door UNIQUE (member_id, door);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT uq_enrolment_member_id UNIQUE (member_id);
ALTER TABLE ONLY public.enrolment_pass
    ADD CONSTRAINT uq_enrolment_pass_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT uq_enrolment_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT uq_event_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT uq_invitation_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT uq_invitation_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.known_browser
    ADD CONSTRAINT uq_known_browser_member_id_token_hash UNIQUE (member_id, token_hash);
ALTER TABLE ONLY public.known_browser
    ADD CONSTRAINT uq_known_browser_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT uq_member_id_organization_id UNIQUE (id, organization_id);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT uq_member_organization_id_email_key UNIQUE (organization_id, email_key);
ALTER TABLE ONLY public.member
    ADD CONSTRAINT uq_member_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.organization
    ADD CONSTRAINT uq_organization_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.organization
    ADD CONSTRAINT uq_organization_slug UNIQUE (slug);
ALTER TABLE ONLY public.password_link
    ADD CONSTRAINT uq_password_link_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.password_link
    ADD CONSTRAINT uq_password_link_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT uq_recovery_code_member_id_code_index UNIQUE (member_id, code_index);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT uq_recovery_code_set_id_number UNIQUE (set_id, number);
ALTER TABLE ONLY public.recovery_code_set
    ADD CONSTRAINT uq_recovery_code_set_member_id_generation UNIQUE (member_id, generation);
ALTER TABLE ONLY public.recovery_code_set
    ADD CONSTRAINT uq_recovery_code_set_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT uq_session_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT uq_session_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.setup_link
    ADD CONSTRAINT uq_setup_link_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT uq_sign_in_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT uq_sign_in_token_hash UNIQUE (token_hash);
CREATE INDEX ix_authenticator_member_id ON public.authenticator USING btree (member_id);
CREATE INDEX ix_authenticator_seal_key_id ON public.authenticator USING btree (seal_key_id);
CREATE INDEX ix_door_closed_at ON public.door USING btree (closed_at);
CREATE INDEX ix_enrolment_pass_index_key_id ON public.enrolment_pass USING btree (index_key_id);
CREATE INDEX ix_enrolment_pass_member_id_made_at ON public.enrolment_pass USING btree (member_id, made_at);
CREATE INDEX ix_enrolment_pass_session_id ON public.enrolment_pass USING btree (session_id);
CREATE INDEX ix_enrolment_replaces_id ON public.enrolment USING btree (replaces_id);
CREATE INDEX ix_enrolment_seal_key_id ON public.enrolment USING btree (seal_key_id);
CREATE INDEX ix_enrolment_session_id ON public.enrolment USING btree (session_id);
CREATE INDEX ix_enrolment_sign_in_id ON public.enrolment USING btree (sign_in_id);
CREATE INDEX ix_event_member_id_id ON public.event USING btree (member_id, id);
CREATE INDEX ix_event_organization_id_act_id ON public.event USING btree (organization_id, act, id);
CREATE INDEX ix_event_organization_id_actor_member_id_id ON public.event USING btree (organization_id, actor_member_id, id);
CREATE INDEX ix_event_organization_id_at ON public.event USING btree (organization_id, at);
CREATE INDEX ix_event_organization_id_id ON public.event USING btree (organization_id, id);
CREATE INDEX ix_event_origin_member_id ON public.event_origin USING btree (member_id);
CREATE INDEX ix_invitation_member_id_made_at ON public.invitation USING btree (member_id, made_at);
CREATE INDEX ix_member_organization_id_authenticator_count ON public.member USING btree (organization_id, authenticator_count);
CREATE INDEX ix_member_organization_id_codes_left ON public.member USING btree (organization_id, codes_left);
CREATE INDEX ix_member_organization_id_codes_pending ON public.member USING btree (organization_id, codes_pending);
CREATE INDEX ix_member_organization_id_id ON public.member USING btree (organization_id, id);
CREATE INDEX ix_member_organization_id_last_sign_in_at ON public.member USING btree (organization_id, last_sign_in_at);
CREATE INDEX ix_member_organization_id_lock_reason_locked_until ON public.member USING btree (organization_id, lock_reason, locked_until);
CREATE INDEX ix_member_organization_id_ready ON public.member USING btree (organization_id, ready);
CREATE INDEX ix_member_organization_id_role ON public.member USING btree (organization_id, role);
CREATE INDEX ix_member_organization_id_search_text_status ON public.member USING btree (organization_id, search_text, status);
CREATE INDEX ix_member_organization_id_status_ready ON public.member USING btree (organization_id, status, ready);
CREATE INDEX ix_password_link_member_id_made_at ON public.password_link USING btree (member_id, made_at);
CREATE INDEX ix_password_wait_last_at ON public.password_wait USING btree (last_at);
CREATE INDEX ix_recovery_code_index_key_id ON public.recovery_code USING btree (index_key_id);
CREATE INDEX ix_recovery_code_seal_key_id ON public.recovery_code USING btree (seal_key_id);
CREATE INDEX ix_recovery_code_set_kept_copies ON public.recovery_code_set USING btree (visibility) WHERE ((voided_at IS NULL) AND (copies_erased_at IS NULL));
CREATE INDEX ix_recovery_code_set_made_in_session_id ON public.recovery_code_set USING btree (made_in_session_id);
CREATE INDEX ix_second_factor_failure_member_id_failed_at ON public.second_factor_failure USING btree (member_id, failed_at);
CREATE INDEX ix_session_expires_at ON public.session USING btree (expires_at);
CREATE INDEX ix_session_member_id ON public.session USING btree (member_id);
CREATE INDEX ix_sign_in_expires_at ON public.sign_in USING btree (expires_at);
CREATE INDEX ix_sign_in_member_id ON public.sign_in USING btree (member_id);
CREATE UNIQUE INDEX uq_enrolment_pass_live ON public.enrolment_pass USING btree (member_id) WHERE ((spent_at IS NULL) AND (voided_at IS NULL));
CREATE UNIQUE INDEX uq_recovery_code_set_live ON public.recovery_code_set USING btree (member_id) WHERE (voided_at IS NULL);
ALTER TABLE ONLY public.authenticator
    ADD CONSTRAINT fk_authenticator_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.door
    ADD CONSTRAINT fk_door_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT fk_enrolment_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.enrolment_pass
    ADD CONSTRAINT fk_enrolment_pass_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.enrolment_pass
    ADD CONSTRAINT fk_enrolment_pass_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT fk_enrolment_replaces_id_authenticator FOREIGN KEY (replaces_id) REFERENCES public.authenticator(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT fk_enrolment_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT fk_enrolment_sign_in_id_sign_in FOREIGN KEY (sign_in_id) REFERENCES public.sign_in(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_organization_id_organization FOREIGN KEY (organization_id) REFERENCES public.organization(id);
ALTER TABLE ONLY public.event_origin
    ADD CONSTRAINT fk_event_origin_event_id_event FOREIGN KEY (event_id) REFERENCES public.event(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT fk_invitation_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.known_browser
    ADD CONSTRAINT fk_known_browser_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.member
    ADD CONSTRAINT fk_member_organization_id_organization FOREIGN KEY (organization_id) REFERENCES public.organization(id);
ALTER TABLE ONLY public.password_link
    ADD CONSTRAINT fk_password_link_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.readiness_figure
    ADD CONSTRAINT fk_readiness_figure_organization_id_organization FOREIGN KEY (organization_id) REFERENCES public.organization(id);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT fk_recovery_code_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT fk_recovery_code_set_id_recovery_code_set FOREIGN KEY (set_id) REFERENCES public.recovery_code_set(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.recovery_code_set
    ADD CONSTRAINT fk_recovery_code_set_made_in_session_id_session FOREIGN KEY (made_in_session_id) REFERENCES public.session(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.recovery_code_set
    ADD CONSTRAINT fk_recovery_code_set_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.second_factor_failure
    ADD CONSTRAINT fk_second_factor_failure_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT fk_sign_in_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
