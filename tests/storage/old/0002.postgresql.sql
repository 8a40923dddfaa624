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
INSERT INTO public.alembic_version VALUES ('0002');
INSERT INTO public.authenticator VALUES (1, 'c7fbe5a6-90a9-4ee4-87ec-7cb35f9fa475', 1, 1, 'Phone', '\x011f6f1777d580cd7e8066bc75e61a01a605883cdcc42c8dbf89b5a6f48b4c3ada9f40735163f9975380638aa7e64cf3c2', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (2, 'b1e9ea4b-8f04-45ea-8cdc-191d10ae3f6d', 2, 1, 'Phone', '\x0188e4b7d8f6014c5170ea2e1dbd6ff8098d39927230f1954592042e18dce1b04dc7ddb94d707b6437423148d612a9d9bc', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (3, 'f5ee0c7d-4a28-4652-b24f-937e14af6890', 4, 1, 'Phone', '\x017526744fbc377c098cdee214164c600e581693dcdf60e79c0c1c71005e822cf6a23db4cb67f98d022be3b6b825586ad7', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (4, 'dc8ecfa5-1932-4b3f-9c7d-cd23d55463bb', 5, 1, 'Phone', '\x01de46fc3618258c159adb937cb8212400eff88b29a234a7c8ddf36927b132c274a96b7ec7a095079fabaca758fcfd98e3', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.door VALUES (1, 4, 1, 'portal', 10, NULL);
INSERT INTO public.event VALUES (1, 'db7391b9-09df-4515-b671-2af78214ed97', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (2, 'e566c9ef-bdea-4265-8d2a-161424fbbdc6', 1, 1, 'member', 1, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (3, '468f77e4-149b-4cf7-8861-2697cc0b6a08', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (4, '81805227-00a5-420f-ab28-9727a88e6a16', 1, 1, 'member', 1, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (5, 'd373b7a8-56a1-49a0-a5b3-e61e512f8dd4', 1, 1, 'member', 1, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (6, '44ad1706-d396-4d65-a706-542e1a5eaf1c', 1, 1, 'member', 1, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
INSERT INTO public.event VALUES (7, '8dc474f0-3d41-412b-80ad-45bb4aa5c791', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (8, '253cae16-fff7-4d89-9ae7-f71b74dba7bc', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 1}');
INSERT INTO public.event VALUES (9, '2f290b3b-93ee-4fe3-8a9e-6990070ccd80', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}');
INSERT INTO public.event VALUES (10, 'a42ed820-ebf1-4339-ad30-8906eb85c5da', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (11, '8aa23892-e5cf-432e-92e8-07b7b095946f', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 2}');
INSERT INTO public.event VALUES (12, '508c850d-458b-4d3a-9994-72f5c19b98aa', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}');
INSERT INTO public.event VALUES (13, 'e7c62d0c-3916-4f5b-81af-3f74b43cb19a', 1, 2, 'member', 2, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (14, '1c7f9127-e1c4-4e72-b063-bcb25ba87a44', 1, 2, 'member', 2, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (15, '3a4a3cbb-bb7b-42aa-9110-d31da8442704', 1, 2, 'member', 2, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (16, 'ad3e9709-3676-4342-bf88-15ffff953774', 1, 2, 'member', 2, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (17, '165a595c-e419-4a2c-8c50-43f5a49245a3', 1, 2, 'member', 2, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (18, '987edb18-cf78-4252-842d-7e8b56b4661c', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (19, 'c43aec2f-1c16-4c02-9fde-e36cf8aecee3', 1, 4, 'member', 4, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (20, '937018d1-8a5a-44f1-8b38-793175cb5a4c', 1, 4, 'member', 4, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (21, '45b278bf-21c3-4861-9c1d-b99882f6ac50', 1, 4, 'member', 4, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (22, '0652276c-f5f9-443b-9e49-e174b84e1e92', 1, 4, 'member', 4, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (23, '8341ed53-2f43-4e3f-be0b-97c4c488b35a', 1, 4, 'member', 4, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
INSERT INTO public.event VALUES (24, 'df249f2d-1bf6-473f-82ee-7481c3c8ea4f', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (25, 'b21b2523-2ac1-4196-8e19-ae4b6c5109cf', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (26, '5ac70aa5-ad41-4520-b626-9e4afc31a8ae', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (27, '97c3176b-66de-4147-aa36-e4b46c47e957', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (28, 'f5f31967-619b-4c0f-8877-a6b78dd5ae8f', 1, 4, 'member', 4, 'second_factor.failures_noticed', '2026-05-04 09:30:00+00', '{"failures": 3}');
INSERT INTO public.event VALUES (29, 'f63ba54a-8eb3-4d3f-ba01-bc1b80294bf4', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (30, 'c467393f-4691-429b-b810-df37382d4c84', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (31, 'cf103cf2-2190-45a9-88b7-b1f2d237c3d1', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (32, '6802d291-cfb5-417a-bca1-130f78b76205', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (33, '6fc5ec4a-a3a2-4f9e-9c66-ade950269391', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (34, '5a6ec5ec-f071-4bda-b613-e722c2d6e2c3', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (35, '8ab7f72c-8e94-48ba-9809-0d7491387008', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (36, 'e8e15724-37b5-4f93-8439-a9c7b0a0ac51', 1, 4, 'member', 4, 'second_factor.locked', '2026-05-04 09:30:00+00', '{"reason": "attempts", "until": "2026-05-04T10:30:00+00:00"}');
INSERT INTO public.event VALUES (37, '5bad6690-0456-4bd2-acef-702734858467', 1, 5, 'member', 5, 'password.accepted', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (38, 'a2439772-aea0-4862-8e76-56bd90f9bb01', 1, 5, 'member', 5, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}');
INSERT INTO public.event VALUES (39, '7b7df706-1a9f-4728-9c53-bd68ea2915d5', 1, 5, 'member', 5, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}');
INSERT INTO public.event VALUES (40, '53af16ca-2461-4748-99d0-5ff563bcd5a9', 1, 5, 'member', 5, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}');
INSERT INTO public.event VALUES (41, '440d9c55-7992-4b48-ab1e-0de48d2c29d9', 1, 5, 'member', 5, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}');
INSERT INTO public.event VALUES (42, '67caf8d3-4fbe-4bb1-9f68-0a7cae68a701', 1, 5, 'member', 5, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}');
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
INSERT INTO public.known_browser VALUES (1, 'a7630494-f32f-49d1-8ae7-b19f78dffdfa', 1, 1, '\xf28a4f7da76b63c54ce3fa1fcf4101db058d2dddcdb966941a8dc50fae0996b8', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (2, '23294dbe-02b5-4b2f-8673-67dbe27d5f97', 1, 1, '\x01242245a35ae33ed2fadc2958e7304093168dfc673923bde339879f0cd988c4', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (3, 'd51655f7-ed4c-4bae-9129-e0230a9d968e', 1, 1, '\x872f7d25ac901c7ba7683133793d1275fcb04d6f612dcc16b6370c2512b1e7a1', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (4, 'd22813fd-7278-49dc-8ead-2569d95de300', 2, 1, '\xb53851e7c2674b62afff005f2e5be44546f116dcfa736d7bac62c691c89277f6', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (5, '0567ddc0-c7ba-4c27-a00d-54477fff3734', 4, 1, '\x20f263eaaf02937c80cea3ccbf112eb4b85d75805fc12958a8ed4c2d07d46a9b', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (6, '0a86eb15-756b-4066-a321-769c86989e40', 5, 1, '\x7db2ae40641e1ed7e74070395b9823bef6e537a17dadb0f8a8a96e05340f9add', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.member VALUES (5, 'ca0c7739-f45d-4d47-b570-b02c9f391224', 1, 'owner', 'active', 'Olive', 'olive@example.org', 'olive@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$ceRqnG4aJQQiZR3xR4zsfg$Z+mjwu9iyNV3+fmlwGiuRAVnGjfSA85WgYC0K+wtdaw', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, false, true, false, 1, 1, 'olive olive@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (1, '42061e8f-6ba5-46db-ab80-016a2ba8f5f9', 1, 'member', 'active', 'Ada', 'ada@example.org', 'ada@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$Q7JeMnXiPmvSDewt2eGXsQ$ul7WeMItFGian+ytgSx/PSZwBgIe0+M+SDGwNx10U9w', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 8, false, true, false, 1, 1, 'ada ada@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (2, 'a36bd52a-3325-444a-a7df-78dba976dc70', 1, 'member', 'active', 'Bob', 'bob@example.org', 'bob@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$JBxx0LbKil3BdrdXtA8CRA$dbpc9AWXjOIShMkEvPagL+DN1O2TywEuQlHj4F5FZ24', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, true, false, false, 1, 1, 'bob bob@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.member VALUES (3, 'dd845d8a-a80e-4e77-91ee-0a095116add6', 1, 'member', 'active', 'Cleo', 'cleo@example.org', 'cleo@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$UQJau3D1Xe2xH+DDyKdiaA$VJoMrlx8/nISjmk6w2z1BMU9B9PLxZxrDZ4XvonpAeg', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 0, 0, false, false, false, 0, 0, 'cleo cleo@example.org', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (4, '29492c5c-f7c1-4ffb-be59-e2587c50f850', 1, 'member', 'active', 'Dan', 'dan@example.org', 'dan@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$hamJ3Gl0k+iQLorAHWVoHw$JIMW2gQNsqw97IBlaNqhkh0dUL9TE9Zdezk+MwmLLc8', '2026-05-04 09:30:00+00', NULL, 'attempts', '2026-05-04 10:30:00+00', 0, 1, 1, 10, false, true, false, 1, 1, 'dan dan@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.organization VALUES (1, 'b809cdeb-4471-45f8-be38-c11434a23c69', 'harbour', 'Harbour', 'UTC', '2026-05-04 09:30:00+00', 10, 'viewable', 0, '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\xafe7192815c9c870b24f6326da6e050eb06beb5e063707bdb02662229889f35a', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\x7df70ed812dd58d31819d4ca1477378c7f205c2081da6bbd302f1a924a6de0af', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (3, 1, 1, 1, 3, '\x77e0d9c1c2666f81d5cf535121de69bca5a16fb6cb09a50203c5ab3c2d4ac8b6', 1, '\x01d6928696e81a1c12a77f173c97455dce8d98f2b9566c7f579b0f453a04b3a1b637f54ef4be10aab3a096deb1', 1, NULL);
INSERT INTO public.recovery_code VALUES (4, 1, 1, 1, 4, '\xd6334ffcb75b625a377871b25e927a47a06287857dc6e2b6a1c489ae45d31581', 1, '\x01df24a7ec681d1906e7cf086c45ca0a0a348d7cc414c124699598784a74d080e5090642855d95bbc8042e4652', 1, NULL);
INSERT INTO public.recovery_code VALUES (5, 1, 1, 1, 5, '\xec2482ec0163daa8db54e0cbf63304d4853f4ddbca41533ed5244f4a8042fc4b', 1, '\x011f96aa0cf670853e1db6154aba44f037b20957c0aceef4201b2b006692efa3143d6d8f6e0912130abf021e60', 1, NULL);
INSERT INTO public.recovery_code VALUES (6, 1, 1, 1, 6, '\x004fc5bfcc0fc832948b883a8603e1431d46e793a2006bc27db3e1b9f07fc3c8', 1, '\x013f511bbd097e46390a7d0d44c2c3b8dde9050cb316c85510411b4b93283e1581eb5d2eeeb2ddc48817f6a994', 1, NULL);
INSERT INTO public.recovery_code VALUES (7, 1, 1, 1, 7, '\x7544fcbdcd983895e3a1a7f383be02e388f5742da8b881cb7e13edf266166226', 1, '\x0108c5906b333fe9dae78986ca87fa4843e2b2b5d51415eb1052dbae79815cca22afad5e623e193656235edba4', 1, NULL);
INSERT INTO public.recovery_code VALUES (8, 1, 1, 1, 8, '\x9a3e714427a3a29a6cec9895f5933f7f9fc928d104fa2b86681e6275388a09f8', 1, '\x01412f70d773b898a20637c93d04dabb04c73e922e0419ef2c100cbe754bba6b6ed81d1f751c435d2a7bf8b809', 1, NULL);
INSERT INTO public.recovery_code VALUES (9, 1, 1, 1, 9, '\x86ec2a32f8593ce28cc99709bb9ab7322ae5fb819fdbb873b64b1b0c911c0736', 1, '\x01449ba31cfa5defb97405d2c7aa91a4c55ba9a003c2d25f8636d7eb40050c6ab7795388b414117afdb43b05e8', 1, NULL);
INSERT INTO public.recovery_code VALUES (10, 1, 1, 1, 10, '\x5fe620f3c4f893a22d00d106d6f5b1b268dd3afd1a6f91ed0eed1e1b2863caf3', 1, '\x015a094ad95347a1d610e84f638b9e836473a1f054b11420e9fd104f896b64f8efe6c05a88c20a045fbc4024bd', 1, NULL);
INSERT INTO public.recovery_code VALUES (1, 1, 1, 1, 1, '\xcf7a5ca0d5248e88f61473f2117dd33625c20f2120f704d1b3af1e1c6a7aa247', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (2, 1, 1, 1, 2, '\xcd1c14de05fb4f33cddbfc5ef66b42f98693c5fc8278f0bb4e45d16321a440f7', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (11, 2, 1, 2, 1, '\x0e4faf3b9e2c4a9b97b9598b41b3c44287a4cf7a2f3f16d1dae3efcb6a4f76e0', 1, '\x016949e6a93d00a144919baed22d6d329db036bf9504c998009eafd93c71d82b0130962ee0fca28ffc8e640fcb', 1, NULL);
INSERT INTO public.recovery_code VALUES (12, 2, 1, 2, 2, '\x692efef623068b940cc4f881dfa5544cdbabcd20ec1af4032adc5ff8e44d1cd8', 1, '\x0177d5810c96ca5785d551e09b8e564c1bf7bfe033565245675da4f06380c4708a32ac7c137168960a6732d6e9', 1, NULL);
INSERT INTO public.recovery_code VALUES (13, 2, 1, 2, 3, '\x6b46bac4ca49ab7a83a1a545b0ee24e7fbe7762d8f18be4ddf74b6067e94c431', 1, '\x01db825cd5541cb5da68a93a3546683e6511ff0dfd785f6ace08ec453fcbf98691f6ea2ca76400517a5bb0c7a5', 1, NULL);
INSERT INTO public.recovery_code VALUES (14, 2, 1, 2, 4, '\xa714545b27eabf272102e50904a9f4a02cc3b6ceaa492601a0c902852386d85b', 1, '\x01b128f3a06bba6b2cc290c05aa66ac8a142942e525a5a00906d7e3e3a1f54687c26dcc156b579e22f1696b6af', 1, NULL);
INSERT INTO public.recovery_code VALUES (15, 2, 1, 2, 5, '\xb4d2628db3f49408c97a0e7973e83865570377010c5e1c55d958677c2ea26d62', 1, '\x012a8fb44dc6c4b8ca9f7ed529abc09ff3cb70738914ee68f4be5c91277fdf442e5aff1bfef2345caedc2fea2e', 1, NULL);
INSERT INTO public.recovery_code VALUES (16, 2, 1, 2, 6, '\x87a322b458704e13a590fc7996bb5672dedc53bbcb51d60a0173d59b7746f1a8', 1, '\x0129f9ef17abc7e18d0674b0ef9cda2acc3c8bdc34120b9d3bf6471ac65bc7fe955e0696b95c01cf2e0c210b39', 1, NULL);
INSERT INTO public.recovery_code VALUES (17, 2, 1, 2, 7, '\xbd1983aaa6d3d14d805f227b64d3b2f27086aec68c3d18ad4749ca9e18122c3f', 1, '\x015ead1a7c54557e364e558f88c85dcde42f7a12fe09c16dd9cb192168feaf5d391377d54ba30790beb7c685b1', 1, NULL);
INSERT INTO public.recovery_code VALUES (18, 2, 1, 2, 8, '\x5dd2ac4c0a1886890d6706fc7aa17dcf58fedff4ea71676fe7495995bfcddbeb', 1, '\x014cc5d6af93f85360af59e89b2dcd586d5e745c3c3fe563fb6b1371c32387020bd724b3e3eb01c8d8be6a6024', 1, NULL);
INSERT INTO public.recovery_code VALUES (19, 2, 1, 2, 9, '\x67d0aca6a48b2952ca5197fc1cb8183eb1ee530f282e06543daa724dddbab2b0', 1, '\x01829d37f497e1c643dfcc8efabc022ed4f1b3b9ea34bc34b213f3959c489941e0bd83947c23acfef926360c90', 1, NULL);
INSERT INTO public.recovery_code VALUES (20, 2, 1, 2, 10, '\x6d239982d890f918bbf81ffaede0ceff7a8b345b2c3daf7848a455e98e9c285c', 1, '\x014b580d8684e8f01d1d62fce612120d884bd89be04041514199756bbdefedeaf27d768bf419758bde572cd866', 1, NULL);
INSERT INTO public.recovery_code VALUES (21, 4, 1, 3, 1, '\xdb37b2efe969a6c053cc2f3fe88f318aaed4ba2518436750b7c08f5161f3fd0a', 1, '\x01e5c8dd894b6bef9eb45d60f21fbf22f051f8d6fda280f1b26aa2d0ece04099b8a663ebadf553dbc24f29555c', 1, NULL);
INSERT INTO public.recovery_code VALUES (22, 4, 1, 3, 2, '\x5e198d20a2bd5ef59a3a62618b8d527672f054cf088409e6e432a1ac4405764c', 1, '\x013bbb8de9e923d955ecb1890537000232de946f70e93506a435a36fb9fd846d9a60315afd4fa3e074a5d7425a', 1, NULL);
INSERT INTO public.recovery_code VALUES (23, 4, 1, 3, 3, '\x24e9c6423fe4222b70aa7fff26aed51e46fb0ae911af2d005eab250514e719e3', 1, '\x018e8aefc9c7837e691b393273ed26983e70360540d51ca8cc745f6268571bbfc36ab772873abfc6a74e2226df', 1, NULL);
INSERT INTO public.recovery_code VALUES (24, 4, 1, 3, 4, '\xb9eb856a678683a7773cd1790ea168f0b5d47ce6afbf1b6b9d4e5eeaaad69ee7', 1, '\x01cdb68f698611437594c841a82ba8db3ff97d0e5c078a1d7a71e514f91a97d459e7d39562b6b0c33a679f463b', 1, NULL);
INSERT INTO public.recovery_code VALUES (25, 4, 1, 3, 5, '\x11077d1494ede900d2243302dff619df5ed500f0187f9b718ef3bca36a9e3693', 1, '\x0140ea7491f4c729bc678ff8375bb370606270e2b371e99b426cc338eae1b8a3c28ced2a6688ed41561b081a36', 1, NULL);
INSERT INTO public.recovery_code VALUES (26, 4, 1, 3, 6, '\x37e433bdfbb86f048e7dc446e6cf3ec24c3c93c2885d0f0675e58e811de78eee', 1, '\x019a7afd89d16ca329b6a5a5f5fcd352a5274e8447bacc515d4f27cc94689ead1a3085f73ae78509942b9fe52c', 1, NULL);
INSERT INTO public.recovery_code VALUES (27, 4, 1, 3, 7, '\x45c4b8cab4555a0fb0dd93edaaace85de6fd97165beb88adea9d393aba221b16', 1, '\x01113fd108de57081313170158625019ece8f7e1a3e1d77cc508ded434c39e2c056b4e498fdc4b03cfdde130bd', 1, NULL);
INSERT INTO public.recovery_code VALUES (28, 4, 1, 3, 8, '\x5846101521de883966637ba3aa6fc81750250c28a43eb92a5453ab8cca908c42', 1, '\x017a9a133757610bd30ec74fc997915101dd5e00d653026216019830aaac5597a7218e330550fedc64874f4cc5', 1, NULL);
INSERT INTO public.recovery_code VALUES (29, 4, 1, 3, 9, '\x4d70e39b8a37d43e61c4e65cb420cad8a18d3a868eb9fc1aff05409be4b47d6e', 1, '\x017da9b3533cefdae749c7776de42d15e54121b83aaf909f2323746a408f0c70eb3fb70c73371e86e1db9fd199', 1, NULL);
INSERT INTO public.recovery_code VALUES (30, 4, 1, 3, 10, '\x3f5be1793487746865c6d24c890f2b9dd26759143d337272f17dbb53837c1558', 1, '\x0118aebd0b96bed2484345d4cbdffa17ceb03ccbd4c91eea236b1dc16bb998963075f73e40fcd39153384cbe67', 1, NULL);
INSERT INTO public.recovery_code VALUES (31, 5, 1, 4, 1, '\xe09008c61e3745a0856703aed645e728d09ab43a3e0ed7ba56e3c1c0d893ded2', 1, '\x0146c4017aac8ec3cc66b0916bf45c6fe4671b5f074b9aa79671334f7418bd52cc561bec00979dbc44a3483afe', 1, NULL);
INSERT INTO public.recovery_code VALUES (32, 5, 1, 4, 2, '\xd11f2fb85b627d79f7320954fd1a0b935a94cb5996c16ff8a2f47d646ea80164', 1, '\x01a773ed6c002a49a2a289e5018309cd8ac0ed1892e2fc77e4787ece8b17bcf51c8e9129804b956fe8e155ca7d', 1, NULL);
INSERT INTO public.recovery_code VALUES (33, 5, 1, 4, 3, '\xab666ae97eb1bf1089144d4aeeff9eafbbcad9a4f6ffed6eb7eb1d43b1e712cf', 1, '\x0142cb6e03a10dbc209af2e4d7ff9d22c4c4c14c5d9af460178fd66645872864442abfa9cacc4a9ee10020b6cd', 1, NULL);
INSERT INTO public.recovery_code VALUES (34, 5, 1, 4, 4, '\x42f6ed09fb56fbe43fb0bc4776b3b7e0c2373e19429001d4b0c96123ea71d37f', 1, '\x013e09c8938c074685c5bd3c5c78b47b531e03f9f3352683c6fdfb6b68babbb919c48dc30375333dfa7873829a', 1, NULL);
INSERT INTO public.recovery_code VALUES (35, 5, 1, 4, 5, '\x86dc7d977515ca1668b05cdeb4c65a83e21143b98c427bd01e9231e55153329c', 1, '\x01fce8f17f72a8d4cb6db44b771418b1049443c4e4738dc5d5aab67825d0d3f3b4d17ee65a6ea08f24adf8f21e', 1, NULL);
INSERT INTO public.recovery_code VALUES (36, 5, 1, 4, 6, '\xaa6d7ff859ec8184db1f7142b5d663ce76a266588b4ab2ce8108a723b1561492', 1, '\x01442ae602448556a953ba3d8af704768a0963708baa240c0d7d06235351c7b18dd3b06ff53b77b272223b1329', 1, NULL);
INSERT INTO public.recovery_code VALUES (37, 5, 1, 4, 7, '\x71417bbe9ec46d200b8f039f3470d72781575bedbdff066ba808073a9fb5dc2a', 1, '\x01c272fd10b96c1abbaa243c0a9dcfc1d8b98323c14f848355617f0b5aa688329ccd13d0b25f7206cc1ac0187a', 1, NULL);
INSERT INTO public.recovery_code VALUES (38, 5, 1, 4, 8, '\x80d21dea9ebb8fef53735c5668754b10631409f2fc6c8b0a929588940b47ebda', 1, '\x016a7583321425cdab7f5e1bed4d78567e163c32f0ee4c2582adcda238e646842f5089445af7219d09fc1ec4b3', 1, NULL);
INSERT INTO public.recovery_code VALUES (39, 5, 1, 4, 9, '\xffb4000737b4bff01c181474c37febdcc1ddf32bfdc2116f129286744e176512', 1, '\x01cd7104fb2fc0d65381c8fcab55efba1b21b943c21f292bd8b5df5f472eca9d1fff36513b8a9dfc0074731e43', 1, NULL);
INSERT INTO public.recovery_code VALUES (40, 5, 1, 4, 10, '\x0862f10c2442361b6e2326674d8b00d4e28e552b2dd9745a4381e5f92ffa491f', 1, '\x01d42b9c42125be882add4e5e6f9dd5ac16519d80a61db55497701e64216b4f3702f5ce197e2f61e8a6f302350', 1, NULL);
INSERT INTO public.recovery_code_set VALUES (1, 'c576ac16-aa97-4ac8-8e15-27517dc804fd', 1, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 1, '2026-05-04 09:30:00+00', NULL, NULL, 10, 3, 0, NULL);
INSERT INTO public.recovery_code_set VALUES (2, 'f947f91f-d4e4-42c4-9b26-fb4e5a66e62d', 2, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 4, NULL, NULL, NULL, 10, 1, 0, NULL);
INSERT INTO public.recovery_code_set VALUES (3, 'c5d95159-eb14-452c-90c1-180025cfc75f', 4, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 5, '2026-05-04 09:30:00+00', NULL, NULL, 10, 2, 0, NULL);
INSERT INTO public.recovery_code_set VALUES (4, 'c7cb179b-217f-49f4-8773-9702411357ba', 5, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 6, '2026-05-04 09:30:00+00', NULL, NULL, 10, 8, 0, NULL);
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
INSERT INTO public.session VALUES (1, '8d4874cb-5096-41fb-92bb-a586999a7ccd', 1, 1, '\x4111e72ea381e5208c6e13295eed1d689309bd49f884e7ec418ec5ff245892e0', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (2, '1dc4798d-6100-4f68-88f0-064bbdc78e98', 1, 1, '\xf4d7668bc1cbc2ebab6daef8e769545fecec9539ea304254371a0ead041b95d8', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20');
INSERT INTO public.session VALUES (3, '13f96966-96ea-4512-ad03-439257a1dee6', 1, 1, '\x6d2ecb2d039bdc72777e1d1bafd69504057862809d468add554e3e5f50b727d2', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20');
INSERT INTO public.session VALUES (4, 'bda07c1c-48e7-4042-8bd1-17f4c24af03e', 2, 1, '\xc989e0c6967962c1b17b0ad7032c123cce81fe1bf3794bf2e2da01e21f9eecc1', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (5, '97e0b2f3-98d3-4397-9431-20844150a469', 4, 1, '\x6143778a1f1b927b461a8731c57035ece2cf96455568f41f9c7927cd318dc46f', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.session VALUES (6, 'fe6bf07f-f079-4c50-88b8-494ff4933c19', 5, 1, '\xf8ddffe5810b86eaeb27d696d99ec07b929c857d3a2c99b1d979a334c784f03d', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10');
INSERT INTO public.sign_in VALUES (6, '1b44442f-e55e-40ba-a2d0-c9a4344c220c', 4, 1, '\xa6359714a789efb85cc2bfc66c65ae59bcd6825c620c97652b47b8239fc21075', 'portal', '2026-05-04 09:30:00+00', '2026-05-04 09:45:00+00', NULL, 'Chrome on Windows', '198.51.100.20');
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
