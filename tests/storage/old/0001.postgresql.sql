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
    made_at timestamp with time zone NOT NULL
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
    proved_at timestamp with time zone
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
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.authenticator VALUES (1, 'c36b34da-b233-40dc-ae27-b0329d64a5a7', 1, 1, 'Phone', '\x01e5e322c99f7602eb01f776433cd80b4be137ff1ae268dbce48d4c6c523daa46f8505d81b7ee4bbad90dcc263a122de45', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (2, 'aacbff8e-c2de-4057-9de0-8d0e39961647', 2, 1, 'Phone', '\x01d6b62cf1174fbee4a2aca7b59740379951b6af63f778dba497d3b719d2248911b7dd1608184173a23a9968b46b2f0286', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (3, '6b9fe042-c828-424f-9f44-cf6221fd8b1d', 4, 1, 'Phone', '\x01a4119285994f19b6d53001606f56ae12af57a80606d6c28a53f22ff2855b48a57954e8a73306d20e7597c1f71498dade', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (4, '44d6ccd7-36d2-4920-89ab-93c96e8d14f2', 5, 1, 'Phone', '\x01c748c3d6fd181a72717119e786502cedf293cb8e3a4390eb526904ce22d8a9452f543ce7795cde883d2ddc313fd8f938', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.door VALUES (1, 4, 1, 'portal', 10, NULL);
INSERT INTO public.event VALUES (1, 'cd77bdd4-b319-483f-840e-9bc29eb936cd', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (2, '596ad509-871f-4033-b218-4aa3b7ac2b80', 1, 1, 'member', 1, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (3, '54963ea5-5807-4f09-9c86-6eb13cc241e6', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (4, '84cc1aaa-794b-42f5-8c22-b9a7b4a93e78', 1, 1, 'member', 1, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (5, 'b33e2029-1f3a-43ce-91a3-708b9116f23a', 1, 1, 'member', 1, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (6, '4dd7843b-6184-458b-a211-a952e6a50004', 1, 1, 'member', 1, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
INSERT INTO public.event VALUES (7, 'b15224ca-5bc8-4a48-a4da-dca98a7f3e9d', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (8, '7ab825f2-d448-4dee-b8be-fe7e74ec9dd6', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 1}');
INSERT INTO public.event VALUES (9, 'f19bb62f-0af4-4466-a1c5-af111ee01444', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}');
INSERT INTO public.event VALUES (10, '0a59926f-cdbd-4862-849d-d162ac2c1b8d', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (11, '5f7dccd2-7f4e-4582-987d-a877c4326336', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 2}');
INSERT INTO public.event VALUES (12, '313b04e1-3678-42e2-b765-24676096d285', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}');
INSERT INTO public.event VALUES (13, '225fcfce-67fe-4215-87ee-f5fadf7d1037', 1, 2, 'member', 2, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (14, 'a441d97c-4259-438c-a442-a475125d7430', 1, 2, 'member', 2, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (15, '3df5492e-f1db-491d-aa02-859ced71d5d4', 1, 2, 'member', 2, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (16, '9b131846-6722-4e50-8ce2-8dd4d1b5e360', 1, 2, 'member', 2, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (17, 'cfefdb09-9b2c-4645-b0aa-4ffeea54e050', 1, 2, 'member', 2, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (18, 'f6e6e79a-99db-45e3-9b49-8a47709019e9', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (19, '6d9cd487-17e7-47b9-9bbc-e25b3dc23d35', 1, 4, 'member', 4, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (20, '5cd4a010-bf57-4e7b-8c73-357f9cefb579', 1, 4, 'member', 4, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (21, 'b20812e1-a34d-41f6-b662-2e00a48791e1', 1, 4, 'member', 4, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (22, 'cfa4f010-2b27-4b67-bd56-d4d5286c3c82', 1, 4, 'member', 4, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (23, 'e36c8248-5f0e-4795-b674-71b642155ada', 1, 4, 'member', 4, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
INSERT INTO public.event VALUES (24, 'ff368b9e-c81f-4f8b-82d6-e268866b4558', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (25, '2450f2e4-8160-4615-b5f8-8aee4ad90a60', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (26, 'da832005-1e9a-426b-b3c4-e01ba9fcba00', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (27, 'bc00b9ab-f3e7-4901-bc8a-4dcab2feb117', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (28, '9dfb6763-4a12-42fc-98a5-85512b804751', 1, 4, 'member', 4, 'second_factor.failures_noticed', '2026-05-04 09:30:00+00', '{"failures": 3}');
INSERT INTO public.event VALUES (29, '4540572f-a1c0-4bc2-ba11-869e1ee599a5', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (30, '08ff22fa-b88c-41ab-be0a-549c97c4df22', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (31, '48233f2c-86ad-4b15-b482-d930e929fb2c', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (32, '9e0248fb-0a8a-4b77-9cb6-89759e8f1793', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (33, '058aec9d-6f32-46fc-aad1-ae40b6b56bac', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (34, '7e97cdf0-517a-4dbf-b4fc-b1456a2eb2bb', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (35, 'd89833da-9bbd-4cc6-8ff9-a7e24ad47d93', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (36, '9ed2ed75-34db-4774-9cb1-52f3f7546f7a', 1, 4, 'member', 4, 'second_factor.locked', '2026-05-04 09:30:00+00', '{"reason": "attempts", "until": "2026-05-04T10:30:00+00:00"}');
INSERT INTO public.event VALUES (37, '22f3e424-7391-4b79-8eb9-ca537c2caeaa', 1, 5, 'member', 5, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (38, '759186f1-19fc-4dc6-ac86-7f42a1068091', 1, 5, 'member', 5, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (39, '06e78b72-a482-4069-bf20-309a22c158f4', 1, 5, 'member', 5, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (40, 'e1238f97-dd43-472e-84b2-c7e164dfa03e', 1, 5, 'member', 5, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (41, 'c7a0ce83-34b5-44ec-884d-7fcb234d891e', 1, 5, 'member', 5, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (42, '4b79241c-0986-4442-b79c-434512cbac2f', 1, 5, 'member', 5, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
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
INSERT INTO public.known_browser VALUES (1, '6ca49c4e-4c78-4ab3-82ab-bfbfe5fa191a', 1, 1, '\xd8e3cda431c3df25e20a15011276a14de0d8f1a44b9184f74a4d73c3af1b8bf7', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (2, '036ed04b-983c-4ea2-9076-2bbeb8166ce2', 1, 1, '\x2b2537acad3badedd9c8741782117231b152bc31faa2e5c75ab001f652a53761', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (3, 'b570bb18-0822-45b5-8ead-df565c5a61a7', 1, 1, '\xea203ce48d394a27ad84b18a0a54eafc6c3c94c1729fe3a4d2cdefed8388f64c', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (4, '1a7b08bb-bc54-460e-8509-cb7fd576acb6', 2, 1, '\xc7ac5f4b8b515dc4bd109436601a2ed350a69b72756f1a3e7c6ae5fead84379e', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (5, '4d5e861a-8fb0-4746-a8bc-139f02297750', 4, 1, '\x24ba264b800d10b0836e15c33e9cc18c788210387a5e94213c4d7f8af565ff2e', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (6, '0bb8cc66-fba5-4f87-b68b-baa676441cee', 5, 1, '\x3fe1542fe027c6f4d64c8cf21361716ffc2f96a9fdd55359ef352b59387aff37', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.member VALUES (5, 'e381ce3d-e28c-4f63-98c8-92ccb2e2f382', 1, 'owner', 'active', 'Olive', 'olive@example.org', 'olive@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$ssxCQ5T8SHy0ebtmKCAXsQ$x4XXwu7Q7ZMp0Lor+MAPwe4Vqm6Q0KSYuX0eRDkwAig', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, false, true, false, 1, 1, 'olive olive@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (1, '1e3939f6-814a-427e-96f5-1dd2e4e3054c', 1, 'member', 'active', 'Ada', 'ada@example.org', 'ada@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$qYRAHDooEsRQSNqOwJORdg$kCexWMB44HtpQpzhFlAC+Sh4LYFCU40ffZ0uQCiEGZQ', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 8, false, true, false, 1, 1, 'ada ada@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (2, 'daa97f47-63cd-4bf8-bccc-cc6df47de436', 1, 'member', 'active', 'Bob', 'bob@example.org', 'bob@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$HXcwTuPRntDWz9BrLoOgkA$92pZ2w91e44agu7svbjYcwHNmxAi2ouuzQRl5naqVTw', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, true, false, false, 1, 1, 'bob bob@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (3, 'a4f3905d-b066-4a1e-8b50-e14b2461cf02', 1, 'member', 'active', 'Cleo', 'cleo@example.org', 'cleo@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$ui+NhcyfZHntXymupV9+Ig$Fnpmkp6AZrwCXwmo85wSVrU0arQlLT2kwKQa6COu2Vs', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 0, 0, false, false, false, 0, 0, 'cleo cleo@example.org', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (4, '0d7e9469-8fb0-453c-b163-e122ef212a23', 1, 'member', 'active', 'Dan', 'dan@example.org', 'dan@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$USfoMJU1T4N32qJ1aEEe7g$NGJF18DPlssiQYb5QAadNvDEzH39L3QXZ7d6AmeWnoE', '2026-05-04 09:30:00+00', NULL, 'attempts', '2026-05-04 10:30:00+00', 0, 1, 1, 10, false, true, false, 1, 1, 'dan dan@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.organization VALUES (1, '254e03f7-bdba-428e-bf38-49e588649573', 'harbour', 'Harbour', 'UTC', '2026-05-04 09:30:00+00', 10, 'viewable', 0, '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\xd68a3654ca0a28b35ce177d1f9a87b2a9e345b21c0b3b2f5b1d376ac96c15645', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\x3aeac3c8bff734af7b000d97f4b3386fb511b55880e262191b4a15e784c8ee54', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (3, 1, 1, 1, 3, '\x357708473fbe2fc08ccafbc9267c82ae228f38f3d7d29ec5bab9f2c8452c38b2', 1, '\x0117248c10a633a378fcd4f1318820734354925134372135626123dae2b5413ee658c8c84551a6c35132daef25', 1, NULL);
INSERT INTO public.recovery_code VALUES (4, 1, 1, 1, 4, '\xd2e6854ce835451d9946dd58938f6ef5230875fca15352a85edeb7278e6b30e0', 1, '\x01954b4e09d279850c889989ea44e90f2741d523c0ea7a696bff9b5225fdb7a1e9bd62e3887200bb07b5536b35', 1, NULL);
INSERT INTO public.recovery_code VALUES (5, 1, 1, 1, 5, '\xe94f1f58471d4e596c7b0dd2bd5bcad77b8a497078d120395c3991a4f85c4877', 1, '\x01c16cf12836b979691d3a83461a94249aa28e9ef6e156fec77b29cd8fe582ae235af3e54fb30574922d889abb', 1, NULL);
INSERT INTO public.recovery_code VALUES (6, 1, 1, 1, 6, '\xc3af5e50196374282bc0057be4d36c85ea542b0987900219f65eeb07a97b3858', 1, '\x019d2fa1069748f8ed917d022672b3c992917bf9ce122de1bf699d8c37131544ea0c6edb4271e35eb63dedc939', 1, NULL);
INSERT INTO public.recovery_code VALUES (7, 1, 1, 1, 7, '\xb91d9b8936c0d0a496f9b9556d47d0a7ecd611b546306b82563191efd86d2e60', 1, '\x01813576c6172cf4c13de279c32095cf64a3d23741b03269a0adcdcb9ba3cbc251480404b4721eb067ff01cac0', 1, NULL);
INSERT INTO public.recovery_code VALUES (8, 1, 1, 1, 8, '\x06836c6561e2f6b3b53df9a3df646b5cb1681db9b6caa7c9a40370cfb1765911', 1, '\x013240e458925fb747eeef0c91e7e9fa2ce19ef7a1ba3fef83fb772951114cf4ac9f9511881b539a73a2af01e2', 1, NULL);
INSERT INTO public.recovery_code VALUES (9, 1, 1, 1, 9, '\xf15ddf7ff0e3cc12d1f9ce85ce47d322e2b9b9d0579eb3a13542436733f6dd32', 1, '\x01374604bc3f99be06155227bbd02ae763b65bdde13aee08caa9b329ebad4033c5c6dcb8eef59d5920e3d1084e', 1, NULL);
INSERT INTO public.recovery_code VALUES (10, 1, 1, 1, 10, '\x002c270dbdcf25a2b5c9f53fbd9d52c260abba8d0f4ab672c96161c97e3e8acb', 1, '\x0130d419f8e3bfedba5d116730d3915f69262f4985dee1c4d9084ffacc1602e9e8d7385bf2e1ab1b80c7f8249f', 1, NULL);
INSERT INTO public.recovery_code VALUES (1, 1, 1, 1, 1, '\x61c3e850b6041f7d8f2d1945697efdd3bc3ca8a3b5371d05f94a887186445f8a', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (2, 1, 1, 1, 2, '\xf4684514435f306e29e96e2220f927217a9529b449f60947248bb0ad15a294bb', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (11, 2, 1, 2, 1, '\x0ac816298ddacb638601d5aaae0e598f95e25e0297be700534e6f6e8e70deabe', 1, '\x013ab3ad8c5c45fbbb1955e45567628be7ba5776a08b216a642b1e29a99735af445d68b085e18005a79040c232', 1, NULL);
INSERT INTO public.recovery_code VALUES (12, 2, 1, 2, 2, '\xdf324c46229a691568ad467b924e7f06edd036faf3002830f8087c073158851a', 1, '\x0171504c700cef816b86ebea683e4c87bbbddbab23780827552f56bb99455fd1e2375ea3ab36e9cb01abddcd82', 1, NULL);
INSERT INTO public.recovery_code VALUES (13, 2, 1, 2, 3, '\x20458141e6f042190f34fbfec17018efa1c7bd5552b5730d0e4236dc91b6ceb4', 1, '\x01f1b5249afe77a0447db99b14c93086dc7cda261f3234898fc1f86bec356dd12724645c2c6939336b1a04916c', 1, NULL);
INSERT INTO public.recovery_code VALUES (14, 2, 1, 2, 4, '\x8a839e48781b75d006021e4fd8997551654425cfc9ee3442d060d934a4ece6d6', 1, '\x0139c27691e6406d4f90445207330dc43b39b4403e8115fdaea9a7e04624f7f7814d8f43f24739ec2fbbf05db8', 1, NULL);
INSERT INTO public.recovery_code VALUES (15, 2, 1, 2, 5, '\x2fe612640dd8e1da795b74a319ee908d64228241667335b626aa62274e4b9af1', 1, '\x01a5d07842c855a49857929ef1f486decbbffdc35c250ce83765aac1a2108f19fac920a999c12642d887f06b4d', 1, NULL);
INSERT INTO public.recovery_code VALUES (16, 2, 1, 2, 6, '\x8c9fd9796182051e4caf216ede11acb95bed8f6c5908074258a35ce61b9bea5c', 1, '\x015d3a08126b1305f22a1d91faf78997a1966125910d6f08d719b1a9702eda9c81edf71a49a292521d24130ccd', 1, NULL);
INSERT INTO public.recovery_code VALUES (17, 2, 1, 2, 7, '\x500d50a9ff34d7079dbcc9430151fb7c5e3faedfe3cb2a32722c780ae4e18439', 1, '\x01c41b6db8acb620c3a54a27156de87540b33ec23dc9ad3fb50bfda1f986e25f91eb4583b8586b28aac1dc678a', 1, NULL);
INSERT INTO public.recovery_code VALUES (18, 2, 1, 2, 8, '\x5733a3819d2a36adf04e5bde2145f078f659b0bd8644e3085a44ab8dc27e1e2c', 1, '\x016ff049b71755e5e200a41a04f4ad91f7a3d5b814b4bbf8e38a6b3d5e82fe8dda7f13c8fc9b1ec503bf99591c', 1, NULL);
INSERT INTO public.recovery_code VALUES (19, 2, 1, 2, 9, '\x7249a725f4b3b4cf53ed0a4769ab68b67b09fbabeff3a3bc28fb9f1ae4f61dff', 1, '\x0112494fc9f74d9ba329ea295628d9d6ac06b47866fa742cd4805f1c080109888d876b438cb1dc1579994f4b12', 1, NULL);
INSERT INTO public.recovery_code VALUES (20, 2, 1, 2, 10, '\x7c5282959f3bfe764dfc870eaf8b45bae5c0fbd030b940eb4e5df183ea55780a', 1, '\x014d24f25f661578cfb27727d59575b16a6104fd7728556f203711e2fcc2b4e0651c51a64a09ef9c4ea24ce63b', 1, NULL);
INSERT INTO public.recovery_code VALUES (21, 4, 1, 3, 1, '\x3b75853532920038ee9647e93a162e99708867f9798adc3ab533ce1e77a16362', 1, '\x01b1804b42d1dab14347cb42d93e2bc7bd810a33cd32105c80c7747fbfc152b3950f09bea95db35285a1c5e1be', 1, NULL);
INSERT INTO public.recovery_code VALUES (22, 4, 1, 3, 2, '\x4e1c7a7d28aeae7503edbcae83e9aaf4c35860e2c3bf8146e9c31e2119190c71', 1, '\x010c4df90fb93ac67fe4c84fda326c43dd2511c3dec0959af027e85663d8bdcedf0b177ad19e1955b9b97025f6', 1, NULL);
INSERT INTO public.recovery_code VALUES (23, 4, 1, 3, 3, '\x18fbf81d1866b7424688f1aeb275160e58a433afc1ea4b9220d83150e51a6437', 1, '\x01f5a9930e6768dabfdda2eb8afaed0824a92c27ee719c7c51a067d589f5bad266d633b4f334beaaeca3b204fe', 1, NULL);
INSERT INTO public.recovery_code VALUES (24, 4, 1, 3, 4, '\x2ded7a68b52abcaf96a5981dee80727cbbdf31fea5749e6ab358466bd7d12756', 1, '\x01dd8e62f5186d19ad4860a64b47f597c8d2d691a126faf9116725ded83ded2fa6bac94b652f599f0318cf5399', 1, NULL);
INSERT INTO public.recovery_code VALUES (25, 4, 1, 3, 5, '\xa55b3a592ce1cc3fba32e2ecc27c8895bfce7cb70e04fa244a945b77c3399fe3', 1, '\x0112c09dcd97a5fd85a1acacd4b5be3c5d998cb333849a5cd3dd51614079a4e297893a1cc2c11d3d3219a2af63', 1, NULL);
INSERT INTO public.recovery_code VALUES (26, 4, 1, 3, 6, '\xf8c9537c86c8bd9dc872d2304146b9966b5abcc7183380a0f628b5549988e2ee', 1, '\x01de56a13a6f6f45250a57da2d55e8dda825d091f64088b6adf9eb649f2754ee5636807b85cd609fb957f1bb12', 1, NULL);
INSERT INTO public.recovery_code VALUES (27, 4, 1, 3, 7, '\x47b8b7923258d38043067009f25744a63d02a482f6618eb49a75876f95fadbae', 1, '\x014eabcd92404a7cf1b98b79725a7925aaf45bace0fdc43f003ce093fec126fbc7dcf58505e84a078cfd6d9617', 1, NULL);
INSERT INTO public.recovery_code VALUES (28, 4, 1, 3, 8, '\xec7ff611381319c83230ad9f5bb2cac0c7f7cb18d3d1da55cd1e0f56e3c9aaaa', 1, '\x01c81913e974b5abd46f977b2210dc7fc4ceb0ff3555c6e697e87ee952c5b225afd685e089323fad7c9db3037b', 1, NULL);
INSERT INTO public.recovery_code VALUES (29, 4, 1, 3, 9, '\x4cd183d47dc7c5a3b916596442e4bfce4eda7003800b1b47e12adcf251844812', 1, '\x0180827f0c2283d731f580e2514f7ce077bf74e84f2715accbc0ab021a391ffd477454601cb62c8e052a4211d0', 1, NULL);
INSERT INTO public.recovery_code VALUES (30, 4, 1, 3, 10, '\x1f171c3f975a5410c7672b8f06c6820b25251a1ec5cf5e037cc6b0b2b1bbd54d', 1, '\x01e30256e8584f93b406976dd2f239b9f93ef0c57ed6608cee84233f117da26678e48d83c29ed5848d270579f3', 1, NULL);
INSERT INTO public.recovery_code VALUES (31, 5, 1, 4, 1, '\xf079b002083cdb51f80be246b4a45d6211f61ab589029d7e3717fcc0162f93f9', 1, '\x0144b6ee3e8b80f8668754c7b8a326f6df7cbe10ceedbff564d6fba245ff24354814e30750686a5eaa763e72c5', 1, NULL);
INSERT INTO public.recovery_code VALUES (32, 5, 1, 4, 2, '\xf3def449b0135f095af55e66026a2e9683b65a8c61e5ce5d7a3eecaa3821c60b', 1, '\x0103c68ad61c19d81fc66f7f5d29a8e5028a699a6e725b67808720b2c9f4d20d9ad5acba70068a3e6d2c1dbf87', 1, NULL);
INSERT INTO public.recovery_code VALUES (33, 5, 1, 4, 3, '\xbb4153ca57ae4b0c96d4e0a769f670ca1ee60a10636eb5b507bddc4efcc84a40', 1, '\x01438efc1c3e38c90547f6db8f93b44b8ca7a31c347e1092aeabef45d32ad07700a1d283bea7784f8b485c883a', 1, NULL);
INSERT INTO public.recovery_code VALUES (34, 5, 1, 4, 4, '\xad6ae9a1b0f29a21d04cae1a6a44bd6454c7e96d9f8c31b24d51cf10967c31a1', 1, '\x0107cce6d061cf3029d72cbb961639057633494d27da522eea27a2f8cca7a309f0bce40b3d05c23a5ba630b45e', 1, NULL);
INSERT INTO public.recovery_code VALUES (35, 5, 1, 4, 5, '\x3abc26ee09ad41915fdb05ab0ef91e82e05075c00d09acb63f056745f425f6c3', 1, '\x016c4b7145b29702761de97b2ba2f637931b7b8a47b99793500aca057f9c874be828a5fc5b19c1fdd4a69bc33d', 1, NULL);
INSERT INTO public.recovery_code VALUES (36, 5, 1, 4, 6, '\xc4670d31a42e4385c19a1e550236323a2d8c9609a497557c805d6554b0d86747', 1, '\x015a281069425e712ca4b0b358be689bb6287a7e8e7048642491249e513d3bc59935a8dd97dd0c0b6d0f18c6c5', 1, NULL);
INSERT INTO public.recovery_code VALUES (37, 5, 1, 4, 7, '\xdd87c789f3c1b3a961ba57d5151640b32e158f203c744d89bd9975fd15e98aaa', 1, '\x01d68cde72664a8ec027a830e531e80f27a5c43bf97e47f32e67428dd1513c915e792e5abcceb1f7073e00a8b6', 1, NULL);
INSERT INTO public.recovery_code VALUES (38, 5, 1, 4, 8, '\xe3c660b93f48d440d937bd37c7ba58b48e1afd5ffb2389337eff30ac570fd239', 1, '\x01a1d2d70c604829b8795dd586f05f39057bfe4a23411364a85bdfa0447aed2c855ac57b9616247d728cf5116f', 1, NULL);
INSERT INTO public.recovery_code VALUES (39, 5, 1, 4, 9, '\x87751310d4d3834358e44dd465afbd68890c6c46fda361b8271b5aee4ebf8016', 1, '\x013a102936171e6eb82b5f321c7deac36fc927c8b8aa5c1b3dd8a4594c6f2464f6d0645b98d5830f60773cdf9d', 1, NULL);
INSERT INTO public.recovery_code VALUES (40, 5, 1, 4, 10, '\x16444decf594fff7fceb169590179f8887b243ee6fb5f28fe0a17f357ba211f7', 1, '\x015d7098b7c8333ebe3c02cfe4593a6a1c857d31d2d0cbf7af7d117f84c5d846ea3db589f24fabe2615667d3b5', 1, NULL);
INSERT INTO public.recovery_code_set VALUES (1, '2015177b-da43-496a-a829-cfd60fd08d9d', 1, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 1, '2026-05-04 09:30:00+00', NULL, NULL, 10, 4, 0, NULL);
INSERT INTO public.recovery_code_set VALUES (2, 'f672389a-888d-4231-994a-61a2fec1bb34', 2, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 4, NULL, NULL, NULL, 10, 4, 0, NULL);
INSERT INTO public.recovery_code_set VALUES (3, '7ded8f1f-2974-42d2-ba1e-fafcaed93edb', 4, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 5, '2026-05-04 09:30:00+00', NULL, NULL, 10, 7, 0, NULL);
INSERT INTO public.recovery_code_set VALUES (4, 'f0268879-b555-498a-88aa-741b6dcb31fa', 5, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 6, '2026-05-04 09:30:00+00', NULL, NULL, 10, 10, 0, NULL);
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
INSERT INTO public.session VALUES (1, '2d37e840-7edf-41e1-86ec-824fd3642c52', 1, 1, '\x0beac72098aba4e2cd8aadff91064d7404b1730414cebc237037b617234a4655', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (2, '63096772-1937-49b5-91b5-61ed2951512c', 1, 1, '\x003028c70c6d78c5aef30246c1509b0d5559d798f57283f3bcd33db81bfa3fd9', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20');
INSERT INTO public.session VALUES (3, 'd63c563c-b1f9-4b04-8f1f-1187decc4b1b', 1, 1, '\xe8da38f7ec340a706a2fb82fdc63dca140f9aaeba105660e8a64ae4d03a9d6a5', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20');
INSERT INTO public.session VALUES (4, 'ba01d4b4-1cbf-47d7-a2d9-dc0b49b488ae', 2, 1, '\xc5386e2c5e8ee2028e3b1bca5e4d7cd8c797c9d4bd924b05a3fda2544640a620', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (5, '6b13d6e0-d643-40f8-a6e8-c78a39f2e9f8', 4, 1, '\x886eb82a9259ca736f6dac787d5e08af1d53deb08d5e52fb86ed6f9ac36a5950', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (6, 'bda55b76-ef78-4753-b8d0-5258605d5c0e', 5, 1, '\x53a9b5c99f340c8f25cd3731bc2fe855449863c5be5ecf295457f9b103a697da', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.sign_in VALUES (6, '8af30228-9d74-4787-84fb-c36c9a28564c', 4, 1, '\x500746c6da821741a2e2bdfcd88df2a19134c479ad8f17fd154a6785eed918b0', 'portal', '2026-05-04 09:30:00+00', '2026-05-04 09:45:00+00', NULL, 'Chrome on Windows', '198.51.100.20');
SELECT pg_catalog.setval('public.authenticator_id_seq', 4, true);
SELECT pg_catalog.setval('public.door_id_seq', 1, true);
SELECT pg_catalog.setval('public.enrolment_id_seq', 4, true);
SELECT pg_catalog.setval('public.enrolment_pass_id_seq', 1, false);
SELECT pg_catalog.setval('public.event_id_seq', 42, true);
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
CREATE INDEX ix_enrolment_pass_index_key_id ON public.enrolment_pass USING btree (index_key_id);
CREATE INDEX ix_enrolment_pass_member_id_made_at ON public.enrolment_pass USING btree (member_id, made_at);
CREATE INDEX ix_enrolment_pass_session_id ON public.enrolment_pass USING btree (session_id);
CREATE INDEX ix_enrolment_replaces_id ON public.enrolment USING btree (replaces_id);
CREATE INDEX ix_enrolment_seal_key_id ON public.enrolment USING btree (seal_key_id);
CREATE INDEX ix_enrolment_session_id ON public.enrolment USING btree (session_id);
CREATE INDEX ix_enrolment_sign_in_id ON public.enrolment USING btree (sign_in_id);
CREATE INDEX ix_event_member_id_id ON public.event USING btree (member_id, id);
CREATE INDEX ix_event_organization_id_act_id ON public.event USING btree (organization_id, act, id);
CREATE INDEX ix_event_organization_id_id ON public.event USING btree (organization_id, id);
CREATE INDEX ix_event_origin_member_id ON public.event_origin USING btree (member_id);
CREATE INDEX ix_member_organization_id_authenticator_count ON public.member USING btree (organization_id, authenticator_count);
CREATE INDEX ix_member_organization_id_codes_left ON public.member USING btree (organization_id, codes_left);
CREATE INDEX ix_member_organization_id_codes_pending ON public.member USING btree (organization_id, codes_pending);
CREATE INDEX ix_member_organization_id_lock_reason_locked_until ON public.member USING btree (organization_id, lock_reason, locked_until);
CREATE INDEX ix_member_organization_id_ready ON public.member USING btree (organization_id, ready);
CREATE INDEX ix_member_organization_id_role ON public.member USING btree (organization_id, role);
CREATE INDEX ix_member_organization_id_search_text ON public.member USING btree (organization_id, search_text);
CREATE INDEX ix_member_organization_id_status ON public.member USING btree (organization_id, status);
CREATE INDEX ix_password_link_member_id_made_at ON public.password_link USING btree (member_id, made_at);
CREATE INDEX ix_password_wait_last_at ON public.password_wait USING btree (last_at);
CREATE INDEX ix_recovery_code_index_key_id ON public.recovery_code USING btree (index_key_id);
CREATE INDEX ix_recovery_code_seal_key_id ON public.recovery_code USING btree (seal_key_id);
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
ALTER TABLE ONLY public.known_browser
    ADD CONSTRAINT fk_known_browser_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.member
    ADD CONSTRAINT fk_member_organization_id_organization FOREIGN KEY (organization_id) REFERENCES public.organization(id);
ALTER TABLE ONLY public.password_link
    ADD CONSTRAINT fk_password_link_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
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
