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
    details json NOT NULL,
    actor_project_id bigint
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
    last_sign_in_at timestamp with time zone,
    locked_at timestamp with time zone
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
    requirement_began_for timestamp with time zone,
    ended_at timestamp with time zone
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
CREATE TABLE public.project (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    environment_id uuid NOT NULL,
    public_token character varying(64) NOT NULL,
    organization_id bigint,
    name character varying(120) NOT NULL,
    factor_secrets boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);
CREATE TABLE public.project_enrolment (
    enrolment_id bigint NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    project_id bigint NOT NULL,
    code_generation integer NOT NULL
);
CREATE SEQUENCE public.project_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.project_id_seq OWNED BY public.project.id;
CREATE TABLE public.project_profile (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    project_id bigint NOT NULL,
    name character varying(120) NOT NULL,
    issuer character varying(512) NOT NULL,
    audience character varying(512) NOT NULL,
    claim character varying(64) NOT NULL,
    identifies character varying(16) NOT NULL,
    public_key character varying(8192) NOT NULL,
    made_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.project_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.project_profile_id_seq OWNED BY public.project_profile.id;
CREATE TABLE public.project_secret (
    id bigint NOT NULL,
    public_id uuid NOT NULL,
    project_id bigint NOT NULL,
    secret_hash bytea NOT NULL,
    hint character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone
);
CREATE SEQUENCE public.project_secret_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.project_secret_id_seq OWNED BY public.project_secret.id;
CREATE TABLE public.project_tenant (
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    external_id character varying(128),
    logo_url character varying(2048) NOT NULL,
    trusted_metadata json NOT NULL
);
CREATE SEQUENCE public.project_tenant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.project_tenant_id_seq OWNED BY public.project_tenant.id;
CREATE TABLE public.project_use (
    project_id bigint NOT NULL,
    window_began_at timestamp with time zone NOT NULL,
    taken integer NOT NULL
);
CREATE TABLE public.project_user (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    project_id bigint NOT NULL,
    external_id character varying(128),
    first_name character varying(120) NOT NULL,
    middle_name character varying(120) NOT NULL,
    last_name character varying(120) NOT NULL,
    labels json NOT NULL,
    trusted_metadata json NOT NULL,
    untrusted_metadata json NOT NULL,
    pending boolean NOT NULL,
    breakglass boolean DEFAULT false NOT NULL,
    wants_second_factor boolean DEFAULT false NOT NULL
);
CREATE SEQUENCE public.project_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.project_user_id_seq OWNED BY public.project_user.id;
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
    address character varying(64) NOT NULL,
    claims json
);
CREATE TABLE public.session_factor (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    session_id bigint NOT NULL,
    proof character varying(16) NOT NULL,
    method uuid NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.session_factor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.session_factor_id_seq OWNED BY public.session_factor.id;
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
CREATE TABLE public.signing_key (
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    kid character varying(64) NOT NULL,
    sealed_private bytea,
    seal_key_id integer,
    public json NOT NULL,
    made_at timestamp with time zone NOT NULL,
    signs_from timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.signing_key_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.signing_key_id_seq OWNED BY public.signing_key.id;
CREATE TABLE public.staged_code (
    id bigint NOT NULL,
    member_id bigint NOT NULL,
    organization_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    number integer NOT NULL,
    code_index bytea NOT NULL,
    index_key_id integer NOT NULL,
    sealed bytea,
    seal_key_id integer
);
CREATE SEQUENCE public.staged_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.staged_code_id_seq OWNED BY public.staged_code.id;
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
ALTER TABLE ONLY public.project ALTER COLUMN id SET DEFAULT nextval('public.project_id_seq'::regclass);
ALTER TABLE ONLY public.project_profile ALTER COLUMN id SET DEFAULT nextval('public.project_profile_id_seq'::regclass);
ALTER TABLE ONLY public.project_secret ALTER COLUMN id SET DEFAULT nextval('public.project_secret_id_seq'::regclass);
ALTER TABLE ONLY public.project_tenant ALTER COLUMN id SET DEFAULT nextval('public.project_tenant_id_seq'::regclass);
ALTER TABLE ONLY public.project_user ALTER COLUMN id SET DEFAULT nextval('public.project_user_id_seq'::regclass);
ALTER TABLE ONLY public.recovery_code ALTER COLUMN id SET DEFAULT nextval('public.recovery_code_id_seq'::regclass);
ALTER TABLE ONLY public.recovery_code_set ALTER COLUMN id SET DEFAULT nextval('public.recovery_code_set_id_seq'::regclass);
ALTER TABLE ONLY public.second_factor_failure ALTER COLUMN id SET DEFAULT nextval('public.second_factor_failure_id_seq'::regclass);
ALTER TABLE ONLY public.session ALTER COLUMN id SET DEFAULT nextval('public.session_id_seq'::regclass);
ALTER TABLE ONLY public.session_factor ALTER COLUMN id SET DEFAULT nextval('public.session_factor_id_seq'::regclass);
ALTER TABLE ONLY public.setup_link ALTER COLUMN id SET DEFAULT nextval('public.setup_link_id_seq'::regclass);
ALTER TABLE ONLY public.sign_in ALTER COLUMN id SET DEFAULT nextval('public.sign_in_id_seq'::regclass);
ALTER TABLE ONLY public.signing_key ALTER COLUMN id SET DEFAULT nextval('public.signing_key_id_seq'::regclass);
ALTER TABLE ONLY public.staged_code ALTER COLUMN id SET DEFAULT nextval('public.staged_code_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.authenticator VALUES (2, '635c0020-1b5c-4377-9f6b-838e8083e725', 2, 1, 'Phone', '\x011bbf21a8b4537ce16d5d24819735314e08730abb30b0e030b0240b411bc2be10174badc41bd40924ef4c70f3b81550a9', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (3, 'd0821165-1d3f-4200-862b-269517c3b96d', 4, 1, 'Phone', '\x013a7f148a62bed64ec42435ab2c76041d3f32e99e0e32120944a2234910f622cf232dac311d266777407aac355f5cfefb', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (4, 'c3c0fa32-c550-4593-baa3-56b8e96900eb', 5, 1, 'Phone', '\x01d68ae12aebe448a05d48a63eb11c70b60a85a1b0ed21572019e0caaa64089a8079ab0c4a21db90e6e2e7f5a316f75f6d', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (1, '3d8a5709-af17-4169-a294-e8c0200740e9', 1, 1, 'Phone', '\x014bc513c980bbdbb705341021306d63ce2a128b40797e79ccb93334de09208f3f9188154a55bd2aa64d23fb6464ccf418', 1, 59262903, '2026-05-04 09:30:00+00', '2026-05-04 09:31:30+00');
INSERT INTO public.door VALUES (1, 4, 1, 'portal', 10, NULL);
INSERT INTO public.event VALUES (1, 'cae547a4-0428-4b3f-8cca-b3c42ed408f2', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (2, '5191cea9-eaf5-4416-9c24-cec5e0cd309b', 1, 1, 'member', 1, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (3, '2b86d3ff-7f39-4c70-a4c1-a08bc6f0403d', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}', NULL);
INSERT INTO public.event VALUES (4, '355af954-4177-4879-b442-5dbce8196ea6', 1, 1, 'member', 1, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}', NULL);
INSERT INTO public.event VALUES (5, '1c94f622-e636-4f8f-8fb5-b4635f7b846d', 1, 1, 'member', 1, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}', NULL);
INSERT INTO public.event VALUES (6, '50764dc9-8f62-46a9-8e99-5fb80a7bb393', 1, 1, 'member', 1, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}', NULL);
INSERT INTO public.event VALUES (7, '5f34b5de-ff8e-42ed-a36a-d98fec6fdbde', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (8, '20e67975-dd0d-4a57-b04c-6ac8a26ba134', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 1}', NULL);
INSERT INTO public.event VALUES (9, '72b9f9d0-f84d-4447-a9c1-63e67dce322f', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}', NULL);
INSERT INTO public.event VALUES (10, 'a55699e3-4b21-416e-b527-3a06c210572c', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (11, '0ae2a042-e35d-4b7f-aeba-01eec8d9b363', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 2}', NULL);
INSERT INTO public.event VALUES (12, '2fd11edb-b113-4d59-b08d-5e7d7d2f9963', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}', NULL);
INSERT INTO public.event VALUES (13, '15042b4d-df3b-4cbf-b680-2f0fdac97eef', 1, 2, 'member', 2, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (14, 'a75e3a03-f45e-42c5-81c3-884b242c5907', 1, 2, 'member', 2, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (15, 'cec86b05-287e-4216-a7ea-b00d774c5854', 1, 2, 'member', 2, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}', NULL);
INSERT INTO public.event VALUES (16, '7a0618c6-d383-4629-97c7-b5f837aac1f8', 1, 2, 'member', 2, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}', NULL);
INSERT INTO public.event VALUES (17, 'd22ce7e0-4b33-4980-b242-75e6ebdef860', 1, 2, 'member', 2, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}', NULL);
INSERT INTO public.event VALUES (18, '881b025f-f827-4529-bdc5-bc35f48851e1', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (19, 'bf1e3853-37a6-4700-b43c-3b6c211ece92', 1, 4, 'member', 4, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (20, '7863fa43-9dc5-4170-ab30-2e11b4579c38', 1, 4, 'member', 4, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}', NULL);
INSERT INTO public.event VALUES (21, 'cbe8eff8-d336-46f3-844c-0c98442daab0', 1, 4, 'member', 4, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}', NULL);
INSERT INTO public.event VALUES (22, '71b6885c-862a-4cea-87f3-d5e4413a3138', 1, 4, 'member', 4, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}', NULL);
INSERT INTO public.event VALUES (23, 'a295adec-ff33-4618-b3a5-681e6c2b82a0', 1, 4, 'member', 4, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}', NULL);
INSERT INTO public.event VALUES (24, 'f0468cae-e9f1-4417-be55-913c8b878570', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (25, 'bc79dc60-ef04-4df9-82ca-9cd6b9ecdd88', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (26, '2c506bd4-e980-4eb8-b69f-a7bc39cda4f8', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (27, 'f8614949-0eb9-4e68-ad02-86aed4e21a5c', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (28, '73d88e41-0143-4786-8cb2-7beb3ac33f2e', 1, 4, 'member', 4, 'second_factor.failures_noticed', '2026-05-04 09:30:00+00', '{"failures": 3}', NULL);
INSERT INTO public.event VALUES (29, '8a030645-7a68-4a0a-8a86-12f638fc4ded', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (30, 'd97d930d-d6a2-4a13-acf5-02cf0c6d5da9', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (31, 'ce9dd7a0-05eb-47c3-bb7e-718ec3024fd5', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (32, 'de58a071-d401-43c9-a1b1-487c46ca9479', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (33, 'b9487097-af6e-4e26-bcbc-3e6c7a7ba4f1', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (34, '2d045f77-4f28-4530-bc91-dc4bb8e327a3', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (35, '44c2085a-d6ad-4dfb-ae06-557908c66e7e', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (36, '813b5bb8-0043-49db-b0b6-186b1891979f', 1, 4, 'member', 4, 'second_factor.locked', '2026-05-04 09:30:00+00', '{"reason": "attempts", "until": "2026-05-04T10:30:00+00:00"}', NULL);
INSERT INTO public.event VALUES (37, '49768f7b-accb-4bf2-a29b-ee14bb78cbcf', 1, 5, 'member', 5, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (38, '283248ba-733e-4f25-b542-00605b6af15f', 1, 5, 'member', 5, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (39, '0375623b-042f-4509-9a2b-6ebe0a1f6ea0', 1, 5, 'member', 5, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}', NULL);
INSERT INTO public.event VALUES (40, '458ebfb8-46e7-4e5c-8913-13e6aab68eba', 1, 5, 'member', 5, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}', NULL);
INSERT INTO public.event VALUES (41, 'b599f83e-2ff2-43f0-a517-8d90a74c6fe7', 1, 5, 'member', 5, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}', NULL);
INSERT INTO public.event VALUES (42, '8fd7d4eb-97f5-4c52-96b8-8acf735dd859', 1, 5, 'member', 5, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}', NULL);
INSERT INTO public.event VALUES (43, '3001b436-7af9-4a83-a815-758af9b180dc', 1, NULL, 'operator', NULL, 'project.created', '2026-05-04 09:30:00+00', '{"project": "Shop", "permissions": ["factor_secrets"]}', NULL);
INSERT INTO public.event VALUES (44, 'd04a2318-0cd5-4ef8-8cc9-615fb5a1bd87', 1, 1, 'project', NULL, 'user.changed', '2026-05-04 09:30:00+00', '{}', 1);
INSERT INTO public.event VALUES (45, '553c835e-ca19-48a3-accc-0e411617544d', 1, 2, 'project', NULL, 'user.changed', '2026-05-04 09:30:00+00', '{}', 1);
INSERT INTO public.event VALUES (46, 'c56655ec-320c-4cf9-b0cd-be8bd06b0383', 1, 3, 'project', NULL, 'user.changed', '2026-05-04 09:30:00+00', '{}', 1);
INSERT INTO public.event VALUES (47, 'aedee6d9-43b9-4e2f-9300-9744c41aa654', 1, NULL, 'operator', NULL, 'project.profile_added', '2026-05-04 09:30:00+00', '{"project": "Shop", "profile": "Login"}', NULL);
INSERT INTO public.event VALUES (48, '52b86718-1922-4e1f-ab91-a2844e0d2199', 1, 1, 'project', NULL, 'user.verified', '2026-05-04 09:31:30+00', '{"proof": "totp"}', 1);
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
INSERT INTO public.event_origin VALUES (44, 1, '203.0.113.50', 'Shop/1.0');
INSERT INTO public.event_origin VALUES (45, 2, '203.0.113.50', 'Shop/1.0');
INSERT INTO public.event_origin VALUES (46, 3, '203.0.113.50', 'Shop/1.0');
INSERT INTO public.event_origin VALUES (48, 1, '203.0.113.50', 'Shop/1.0');
INSERT INTO public.known_browser VALUES (1, '826d7ffa-1905-4fbd-a0ba-f307b3fea898', 1, 1, '\x11d554a15fa171a21fb1c2141cc697644fbed038cc1dae15e720e3cc550e3ddf', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (2, '79b3c305-219d-4dfd-859f-b8a141b48259', 1, 1, '\xff9df972420663cbb3e56c93dbe09f23160a7331521b5b94d3b484c545400a65', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (3, '22a8b749-3683-46c5-88df-5f17b63e365a', 1, 1, '\xcad53e3d231548464c67c78c4a93641aae060eac84bd28369e8b1872c08f5ad0', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (4, '865bd798-0450-453e-bd92-db59999d0fe7', 2, 1, '\x2ba53267942a9882b652254080d26451aa1771099cc11d6dafbd4c4a1b4ad213', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (5, 'ad3e4ae7-6ed9-4684-9c11-01f5803f9fea', 4, 1, '\x75500544f55b4f5a6577087dcbff3dbebd205b09bd58011ebf671121329cbeba', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (6, 'ccaad733-998c-4e8e-87cb-1842bcfc396e', 5, 1, '\x454f633361d5a35b4ddbd70578ab1bb458739f2e391bdd2205b33340a4c8a48f', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.member VALUES (5, 'b6fa388d-9d8d-4f0c-85fa-8360b5048869', 1, 'owner', 'active', 'Olive', 'olive@example.org', 'olive@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$zyyQTtgRKnZXwNi3AMxJVw$yfdBJ4m1wblV17fS8u/NK1hheC59NM478+29vuHs1og', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, false, true, false, 1, 1, 'olive olive@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (1, '5414c26c-48ae-44ba-a424-23889c715469', 1, 'member', 'active', 'Ada', 'ada@example.org', 'ada@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$LaGIe0EdO12R5GyhLaLR3A$/v3m8UVNOL+Z8d1DiJyci7a30ctPzvyTVm7r7lFdAjQ', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 8, false, true, false, 1, 1, 'ada ada@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (2, '8a71943e-7d07-499e-8e73-eb5d91c0d588', 1, 'member', 'active', 'Bob', 'bob@example.org', 'bob@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$L4qbjvRB3qvKw2c7MfYWHw$IhZ+shDJDFQzEwad5SjlEm1TDxORbBRCHdvBOE1GuG8', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, true, false, false, 1, 1, 'bob bob@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (3, 'cf2aff9f-864f-45cd-b8fd-f117112559f6', 1, 'member', 'active', 'Cleo', 'cleo@example.org', 'cleo@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$g4uctpLlaGIk0qLLOcrcVw$uT5KGamCtbxWUAyPC2Cmbf2kZtKPyhxcbQKwOyzl8b0', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 0, 0, false, false, false, 0, 0, 'cleo cleo@example.org', '2026-05-04 09:30:00+00', NULL, NULL);
INSERT INTO public.member VALUES (4, 'e2c4e706-7a44-47ff-93cb-797f93181eb9', 1, 'member', 'active', 'Dan', 'dan@example.org', 'dan@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$sdQiZvQf5DYJU/SxoUR0aA$HLuDQZyAWzjflzVj9Ng2miuv51k61arA/OQPE0I3hVo', '2026-05-04 09:30:00+00', NULL, 'attempts', '2026-05-04 10:30:00+00', 0, 1, 1, 10, false, true, false, 1, 1, 'dan dan@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.organization VALUES (1, 'c328ffea-ddff-418f-aead-3506c1924fe2', 'harbour', 'Harbour', 'UTC', '2026-05-04 09:30:00+00', 10, 'viewable', 0, '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.password_wait VALUES ('\x60b586adafeb6eaba03e236b4df1a59d580df800b7ee2ec87ba1f1fdbb81af0f', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\x6d4fe5d86cb18a8c67ec6b13414988e997e3e9d35d03725814c5fb9a2dba7638', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.project VALUES (1, 'ecd330b1-98cc-48e8-a4d5-e19915794456', 'a1985dc2-ad6a-436f-a4ec-0e7fbca9052c', 'public-token-live-jCPaaWtndwaghtMpO-b-Tq4cssRE5WVkaKNWx7nRtoU', 1, 'Shop', true, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.project_profile VALUES (1, '4f93e3d4-6e91-421e-badd-6c45623aa0a1', 1, 'Login', 'https://login.example', 'shop.example', 'sub', 'external_id', '-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECiZAwl5phMTawdAdCZ5srHKBubbe
HWqPWb/C4K2guRAwt1KGRnc0/HnU446KJzyzHqJ+reL9Tm7b8Mtp+4T5SA==
', '2026-05-04 09:30:00+00');
INSERT INTO public.project_secret VALUES (1, '4b6649c0-6ea3-4173-bb49-640f5123ba03', 1, '\x10b7e551102808d2008232f37d8334350e112d87c2eaeb9f81609ef444fe3995', '5g94', '2026-05-04 09:30:00+00', NULL, NULL);
INSERT INTO public.project_user VALUES (1, 1, 1, 1, 'customer-1', 'Ada', '', '', '["reader"]', '{"plan": "gold"}', '{}', false, false, false);
INSERT INTO public.project_user VALUES (2, 2, 1, 1, 'customer-2', 'Bob', '', '', '[]', '{}', '{"theme": "dark"}', false, false, false);
INSERT INTO public.project_user VALUES (3, 3, 1, 1, NULL, 'Cleo', '', '', '["new"]', '{}', '{}', false, false, false);
INSERT INTO public.recovery_code VALUES (3, 1, 1, 1, 3, '\x4c1731c0d18492deaab4eb775419e24fda3f39699479962b46415932f6b61ff5', 1, '\x0187cbfb67432fb98c4e52d4baa8648b242e9d9e714cfebcc61ff2d078579569f81c6af04ae3df5a77eb0e2df7', 1, NULL);
INSERT INTO public.recovery_code VALUES (4, 1, 1, 1, 4, '\xc1f7c07922c2fe2781094ae03658d7bb777bfacebbc52b8cb70208f676f5ec83', 1, '\x01e091e5960188bf714d3a9da95f961a38ee89e4f7fbead5fccbf57cf72863e120f6b16ba6167aa95aa82726d6', 1, NULL);
INSERT INTO public.recovery_code VALUES (5, 1, 1, 1, 5, '\x01305d0535e413b04ef7ee7c2399447d50005eb094a43836f2e8f234c59c0261', 1, '\x012783a25681d9fd439f771837c364dc51ed1a17f28fb03a7a2238d48255370b04148edfb7d9f1eba4749961b0', 1, NULL);
INSERT INTO public.recovery_code VALUES (6, 1, 1, 1, 6, '\xf748b533db865162cd850824ac00f0ddf8f8f962c1578df154420904ae027f01', 1, '\x01736506f366754b7832ade6673d71e49c2cb4444e79e2b0792a92c221ae3a9bbe73d7172ed9b2d2817bc160d4', 1, NULL);
INSERT INTO public.recovery_code VALUES (7, 1, 1, 1, 7, '\x357d543c2e99c64326ef0a652d1f51b7ef14ecfb83040a01f3f292816978c660', 1, '\x013fc5fcd7f47e9faa2f4770e6c9f6e38b63b070e34a3668ff93c4372bf4393f561d663f24f5b1005745b85845', 1, NULL);
INSERT INTO public.recovery_code VALUES (8, 1, 1, 1, 8, '\xf67003cb19b95bda79baf6edbd69cb8d8b7f01203d35ea53c085a8fb95f89d00', 1, '\x01c52bb4f7c01ce0b6b13619009c1397d30226a41bf387460ae437a01817b4fe367752ea91c8661e05e2ed1372', 1, NULL);
INSERT INTO public.recovery_code VALUES (9, 1, 1, 1, 9, '\x31c93fd782e644003a67cabaf90337a060229d1cd0f0922c1d9dc5abbfbbdd01', 1, '\x016708d7ed6fc09f504f3b68d22327d320e001459d3257c0d8b38ed3690e55d75ce6471954cfcb6b1d5bda9e04', 1, NULL);
INSERT INTO public.recovery_code VALUES (10, 1, 1, 1, 10, '\x107aaf2024bec09caf79c033f263f75b0da84a8f2edbb71be96af1c035bde017', 1, '\x0166aec22d10ae633027bd1c90d548ce4c6058f2a918d6753d8b964a23bf044eb26e652b9e66369be79b5fa8f8', 1, NULL);
INSERT INTO public.recovery_code VALUES (1, 1, 1, 1, 1, '\x4b0e717df9dda4f8af3057df3342a85231ff6e7c4b3e606c520cd937fd25786a', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (2, 1, 1, 1, 2, '\xdcaf54064df82d6437374b7d655b989ae30631078b332e147215defa0ffa1b45', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (11, 2, 1, 2, 1, '\x64306291ec79502261984ab0412a6e8945e6ce1d4ae57dbf3dd6d34b000f2cd2', 1, '\x01e96c7e619527d436c1449293f6efd673908fbd3dd5665e6e6e4db52f2a0a157dbb90df357efb336a06f0c9e3', 1, NULL);
INSERT INTO public.recovery_code VALUES (12, 2, 1, 2, 2, '\x5d0ab19b264c0042b5b14502868d3cf6c8976589acb70894a0447a9ed02a0349', 1, '\x0189f5c8659d25b989a479328607683f1e682039b926c3b453581b6b2d2d2508f50e908fd2ba41b97ea3bb4d1b', 1, NULL);
INSERT INTO public.recovery_code VALUES (13, 2, 1, 2, 3, '\x3c8f0062b9190bbcd45495d17d4aa7dcf669eb4368c0bae46ed3517049830a10', 1, '\x01afce0fea2b91dd3adba12a58afa40782146215d2b4b785a462f6024fb79f9fdf37dcdf1fc01b0761d45a1ecf', 1, NULL);
INSERT INTO public.recovery_code VALUES (14, 2, 1, 2, 4, '\x7f549636a5291cbdc0fecaac1bb3930b78fa0ed028ec99670ed4b9043934f950', 1, '\x0122086127e3cd9cd8521451f8b1000d9bc3697dabc17025252aee88f1e466c3c0483c08b23cf16042ee91a879', 1, NULL);
INSERT INTO public.recovery_code VALUES (15, 2, 1, 2, 5, '\x56bd9da82bc19f3ca4e4d8b8d953c1e078aa249e828a001ce2849d79e81cb629', 1, '\x01eebdf80b3474d928cfefda99ed1d545ff024346a3b68984461b3b926ec3eee8fbea91103fbec9cd90384db2e', 1, NULL);
INSERT INTO public.recovery_code VALUES (16, 2, 1, 2, 6, '\xe27e30b70db64bd034e6f27f85dd0b86400c9a37b58bcb622e6d81b042292bdc', 1, '\x017a1839ecf87b1e35aab501fbf4941f8751ab1869fb77f763c9d95783df8fac9a6d790ca96c880b04110d303c', 1, NULL);
INSERT INTO public.recovery_code VALUES (17, 2, 1, 2, 7, '\x5a87e136600c1341cc7b2fb2377f62c1b95f6d3552af3cbacc280bd1f4d91eea', 1, '\x01488e5fa54ab3a0ce48b9f2f1ea3b0b90b92851d8bc7bda748afa26137d63ad9cd833029d19993debc2806a85', 1, NULL);
INSERT INTO public.recovery_code VALUES (18, 2, 1, 2, 8, '\xe6e0c47b84d8b838ee607e82a85a1a522ab8a1a0b67ae45e43aa266eabfb6ccb', 1, '\x01088cc3a96a97e8525f38fcd58b9c1e1617424cfc589b4a87626b75511d3334239fc36ecd90a5eccc296068de', 1, NULL);
INSERT INTO public.recovery_code VALUES (19, 2, 1, 2, 9, '\x13f3cdc846ec134e46e568700fcdf7f6e2cab8f3757652728daf3a6b45f52f73', 1, '\x014f28ad3a92058472125debfa6d53e1955fb09ab91a70eac78670e2e759d1ccb479ffc55741ab0e7d2a96f4ce', 1, NULL);
INSERT INTO public.recovery_code VALUES (20, 2, 1, 2, 10, '\x8e84455ff73b19f3bc3ce0fe56b98794d479048ca5462a1d2f2bdeb1b87fd3c2', 1, '\x01f5fd6be2bb23449a6ed0ddc3b6b35ce543d51567bbac617e96dd71651f4db487ccb6a4be6ae074b7b0c0ec81', 1, NULL);
INSERT INTO public.recovery_code VALUES (21, 4, 1, 3, 1, '\xa71bfb0999cd4db8dfb3834cd55700bdf80e0f302f5ce479e1304e8d55229897', 1, '\x013f1be70a2cfe6a36e7b05462b442ebf6e65c949801f3fdd1dfa53bad40f227320d315fc4f989f0b97f9d7f27', 1, NULL);
INSERT INTO public.recovery_code VALUES (22, 4, 1, 3, 2, '\x7d31f09493781f6d802ea8ea4207b6519f2c445177b1225d9f7cd93f4c73b873', 1, '\x012c364e0f9e4731deb7bc415817a5b3ecc8d809b3947a8987662ba1582b9bbacbaf01cc864965a9806a9a7e5e', 1, NULL);
INSERT INTO public.recovery_code VALUES (23, 4, 1, 3, 3, '\xc1bbddbb8314ef5f3a77a1b4a9803e16dbaa11f8f66eeda7c894e224357cd134', 1, '\x01cb9f2e0f4a44a5dbf46b484a436aaf69faec85693b96c30129f9257371528f2e0bd0f789ea0ba52874eae149', 1, NULL);
INSERT INTO public.recovery_code VALUES (24, 4, 1, 3, 4, '\x6569c88862df49b4cd0f71a09fcd2f9ff3212941c4b073c009fcc3401628ad27', 1, '\x015e7f795bca48b1af20fe9dfb75eb73062da8ea986b2d8ab1955cefb9979e7bf12bd16313c611759b88bfab38', 1, NULL);
INSERT INTO public.recovery_code VALUES (25, 4, 1, 3, 5, '\xa82b05f7d81eb87a57783bba9a7444757dcb4be7bdd30745dee374a8c28c6a9a', 1, '\x01e53ae4b21d9b55e6d3335557c3acdd1255303616149da8f174347f1d03528c6335adf4cd0c356ca450845ff1', 1, NULL);
INSERT INTO public.recovery_code VALUES (26, 4, 1, 3, 6, '\xb3d737118f17f1989c9604353ae2b18f4b7412cd813dd885079500ed155892f1', 1, '\x013c54d3f30e2d8c444612327cb9d85b9360390a05fa95c1073dda8225c049614397fc1d85cc2d254fcef730e6', 1, NULL);
INSERT INTO public.recovery_code VALUES (27, 4, 1, 3, 7, '\xbb31fd01ec36f5143d2df8f6065e1465880f0d604f3fce7219c89e87f0399d01', 1, '\x0123e5921a53ee5c9a534805fd14c858db22a525cb2478d2d44e182e159f81e117fa99b24c19edd3ea96aee8d2', 1, NULL);
INSERT INTO public.recovery_code VALUES (28, 4, 1, 3, 8, '\x46014fdf49f8f7246b40168f6ecf2b167146a2ea38b1f9b090b6f46252d530af', 1, '\x012a1a7e61ae4eca487f99a624cf05be682a0c13853d4eec89b061b910a512c8dc74010e005a147157e76bae4d', 1, NULL);
INSERT INTO public.recovery_code VALUES (29, 4, 1, 3, 9, '\xd39470600f5f71ee0b14821a79ae33f62b37d0ba5e2b5cd37d0f4c49b440a308', 1, '\x01a520f5eb1585879457be66c404839792a1c3b238d030ee900f0b46cee7d5ad7a33ad9e5a2e6c28530e7e8f06', 1, NULL);
INSERT INTO public.recovery_code VALUES (30, 4, 1, 3, 10, '\xbafbf1017412f35534474267eb0c77838d15804027748a2f461059b18a7ce727', 1, '\x01035f4c87199cba3514a379ae172c4833d3ad0a99e56488071ec2fce217cd5de4827790c165f832bdf84b77c1', 1, NULL);
INSERT INTO public.recovery_code VALUES (31, 5, 1, 4, 1, '\x405e57a8786788972feb95c9fb6e2fa79431ca014587de277e90dac194f0dbf0', 1, '\x01aeebb5d9a6523b822baa220707d2a5ae88df793e376d44b3faef8d97b85e33089cc422bd18deb6cb65a8d72b', 1, NULL);
INSERT INTO public.recovery_code VALUES (32, 5, 1, 4, 2, '\x2f0412e2a4d75c09a0fe60f6a0505234aabfe571ea92bafe836e91e384a3e156', 1, '\x0187cd2cda4b6bf32ef207b43c7130133b1037cb334763d2182f8805bb112e463ccdcc77f20cc10faee1865a08', 1, NULL);
INSERT INTO public.recovery_code VALUES (33, 5, 1, 4, 3, '\xee4625bdc925a756830c25d785978ef356e614101892f0d456609d3322e5b034', 1, '\x0179b21065b6cc754603c21d8e392319d26a70d7d024cb58893c809ad479cea43ce464cf9d524bc638e9cf1e72', 1, NULL);
INSERT INTO public.recovery_code VALUES (34, 5, 1, 4, 4, '\x2176cd50733c7300172d2dacc12c41f50631aeaa2428d1ce1e3081733629d438', 1, '\x01411cfd8ec7466e4c48257cda07919f7a26a0812fa96b8e5fb271ed95239d59e0eab1646d49f0cbf473d36adb', 1, NULL);
INSERT INTO public.recovery_code VALUES (35, 5, 1, 4, 5, '\x69704a194db7dcfc4df486ee89964d747bb6b96a2e3ab07f25191aaf41069846', 1, '\x01f2ff06951c844f0df7d26476f67413d6867bfbb75480d707272409d655dbb7ed7a84da6867b82a2dcad2a82c', 1, NULL);
INSERT INTO public.recovery_code VALUES (36, 5, 1, 4, 6, '\xa851cc3cdfa9e57b4a68969d2742f05f83b94d9d857cdff7556ea931921fec47', 1, '\x016bae2c38038e6f4c28dd5f2a3aca347cda7a247a74bc487d015e2493b832bf92dd268bc11b928d8f9e9aa2d6', 1, NULL);
INSERT INTO public.recovery_code VALUES (37, 5, 1, 4, 7, '\xf8bb8e72f5ed38db792cd1696051990d0ccad08ea78c97f236b5ae470b47a098', 1, '\x012427b8e86d260100c9d7a32d40b6e7273c4355d4b51505a90708dc551621316fc82a3ad672a2eb1a99339700', 1, NULL);
INSERT INTO public.recovery_code VALUES (38, 5, 1, 4, 8, '\xdb136fa4346b7bb9f74df350b2f20f90308495c24625d52b061674ef2dc48b4b', 1, '\x018f86e0cf62b9af86ecb66f17afdb18b189c920ed163116a452e96262a70cebf9f55606737a6d271d57ee7426', 1, NULL);
INSERT INTO public.recovery_code VALUES (39, 5, 1, 4, 9, '\x3b21b9b3510363d90f7bade9f5c56202f4fdfa839d240f03f29bbb89011cd20a', 1, '\x01ac4dd24538f32e25b3756e6e85481469ecbafcb79040983bb41dce7bf0c77cc3afe5f0b6029186c57def17a5', 1, NULL);
INSERT INTO public.recovery_code VALUES (40, 5, 1, 4, 10, '\xda40418d6a19d4d405963589cc6784e7480adf71cdbea2a7a0308941eea10c3d', 1, '\x01c3840e6eb24d08924e276027049514d0eeabd359636577d1ebdbb0cd796b08f72ffcb3b32f08e29135fedcb2', 1, NULL);
INSERT INTO public.recovery_code_set VALUES (1, '5f659585-6c12-479e-9b22-3d8a61692d33', 1, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 1, '2026-05-04 09:30:00+00', NULL, NULL, 10, 8, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (2, '88ba1fea-7916-4301-a56c-9cde5a970fde', 2, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 4, NULL, NULL, NULL, 10, 10, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (3, 'a6d98a18-a32c-4ab8-9bba-4cac573c0f5e', 4, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 5, '2026-05-04 09:30:00+00', NULL, NULL, 10, 1, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (4, '34debc8e-c026-49c2-994c-a8aa44e8ecd1', 5, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 6, '2026-05-04 09:30:00+00', NULL, NULL, 10, 3, 0, NULL, 'viewable', NULL);
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
INSERT INTO public.session VALUES (1, '97343ce0-c43d-4ab2-9b7b-7362b0fdcc5e', 1, 1, '\x1b6f75b782b95eb91ee528082603dd7257086dec0c5f318b99a53d2bfae153ae', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10', NULL);
INSERT INTO public.session VALUES (2, 'bf58de30-909b-47ac-a32b-b6475532c98e', 1, 1, '\x0fd015109e3693a0a6a74949fe0096942654dca67f0dac2fd7bd8a32b896a317', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20', NULL);
INSERT INTO public.session VALUES (3, '81869d36-6863-45b8-9c11-ab2ce104ba23', 1, 1, '\x06ca32739e977cc0054a334ae5a97f331bbf8d90b26b6aaebcdaeccdaa373a36', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20', NULL);
INSERT INTO public.session VALUES (4, '3d627fcc-e364-4aca-a61c-8dc2798a94da', 2, 1, '\x7a3952e2772c3d918be9f9b8126b9404b06c0bcfdeec7192459031a69cb3d570', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10', NULL);
INSERT INTO public.session VALUES (5, '8c708427-cdff-4bcd-bfcd-c059019666d6', 4, 1, '\xbc3971d2df78f76b19838062fabac5f648819b70ff05e7269b566a6b27ccba3e', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10', NULL);
INSERT INTO public.session VALUES (6, 'ca5911aa-6a88-4ee5-b9fd-2624d64be343', 5, 1, '\x71a0529f677161269514b6db19b72c78ebbbb2d1fda11499e6623dbb9c35fe6c', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10', NULL);
INSERT INTO public.session VALUES (7, '2e0241ee-b6ef-41fe-ace5-9a1befe65c12', 1, 1, '\x520b2e6f69f18da3b0303e57bf4e6b0677c8b44530ed7db36a4e18991791dcbb', 'ecd330b1-98cc-48e8-a4d5-e19915794456', 'ordinary', 'totp', '2026-05-04 09:31:30+00', '2026-05-04 09:31:30+00', '2027-02-28 09:31:30+00', 'totp', '2026-05-04 09:31:30+00', NULL, 0, NULL, 'Shop/1.0', '203.0.113.50', '{}');
INSERT INTO public.session_factor VALUES (1, 1, 1, 7, 'totp', '3d8a5709-af17-4169-a294-e8c0200740e9', '2026-05-04 09:31:30+00', '2026-05-04 09:31:30+00');
INSERT INTO public.sign_in VALUES (6, '02f6c8c7-b3da-4edc-8a73-2d78e9ee5bc0', 4, 1, '\xe75895ddaf8ac5b1dd6143f593b41d1e12b0010417e3b9be4022776122487abd', 'portal', '2026-05-04 09:30:00+00', '2026-05-04 09:45:00+00', NULL, 'Chrome on Windows', '198.51.100.20');
INSERT INTO public.signing_key VALUES (1, 1, 'jwk-live-c375dd6a-3b09-4470-91b0-902d5cf922dd', '\x019dbc556d0743e1e83292b7329034bd2a9a3f3953eba696f60f6ac4a6ba26ebc5e8f75fc07463511330193cc0d3e7f7c6130c2200efed2a16d45ea43242672d75f1ac9047ac71f1d886dca05b223a0c950ba3bc1b8f2150426f4fc0b9c383773b903b7a487237cbd9b389a4858abe2d9bc3360f20253d4d4232867b2ad66c0070ebe66e12e2e3ed7d8aba48e4f93fd70f7dd66d7e2d620a25147e45a6ee989be7ae4985fb28629cfc7cbfdd7a34beb387b61d9b304ceb15afb5fcd14938e6ca59a2c82d46793dd90e527ed4ff9bff1ebf228e15f666813a96db37cbfac816ca6fa693cd51d4c3a771968161a5b9aed36eb256be70a0dec36ad075014b6dfa25c94c9ef31180c2eaf3a8210a6ff0d012426cd63bda925656ff976cf1e70e3d3fb931f7487857b7a13022a54efc000f866a2430d60d3e948b58c4a630e03f133f04dbfdf34c9800290ae5e485a64eeddf8e763bd80753d0812fe361162b9af4b30f7a7bc110355dbac56b7e5d8c774efeaed6c7f75760463bf60067a38adec919b147d4b5bb0aa5d60fe1e344acd1823304332a3abc9316f57432e78b996ce1495f9a26f2414ca0b17139c1b407a14dc28a11d74c11273bf354103f9f5a8f78364081c99345647848c14980c365417013a46e22034054d66a1d7aa84a535d3b402723be444ffebf8d28bd5b6f439bd2f46aaf9d3cd2dc5d01022c23484227a3a65a5c6e68c862fdc1bfe99a5891210b00e9f00dacc31ba4bf4412ab53a1dbbccda30a84135cfcf957432edcd5f1c2aaf11ab69d0dce68d0b90f1737e5af57e36c5496da01d0fd3d8666b5af98843006acbff54c16ba6c4f9a4fff87aab08e64cbbc6b31c30a485ea951c0b987948c6b1a84baaba49cf63e5859420349eb9f9493d25ed0caf45d9019415717277ad11e9fb81d210517c6567c46b172c6984bc245d3c9b43d8e175c5bd3ab604a143fc02dae12cd9561619e3404e6e4865faa32f9ec1bbf142770d080b87e12a68a892860d3be457d6a5f6d2e23cb704d3dacc9ebc687a0ab238cd95241fbc2f620e4661af69aa7f4e995df2a46423cb87b51ac577fe1799d377156b586569f5c3880c591f29e2b21cc882a74b29583ae3fcb872429ccfcf8edd052b7169a319d97427304c93663979e76309c66b187c3275937e7ebf35900e0a33509b06f2b5d642329bff5af89851f2b79a484af9a3c2967c60552b1e34fad4e8b74541508865e95b1f5623faff91dd371aa14e17e609a8c561bbd8a5e601fccae875c1c935fd5d6c5678f15cb7d60187c76680b7a39d329b09c47df6fb96238a2a16e88311533d3c8c5eb2d8e63285010f8e5f709f2e82918814101f0e518e58fb9a987e1362fe5a30290e2d3a1f22ceb8bc0222ac87e684498295c9e10f11141510822d7a704b174227a9fed09d7b1c59c2514f68bebac1e4979dcb8aa1a9fd3367bf549f61b2252a28c79e2bc50380a02bb6ce9697475eaf558d1fe4b9d6a7afcc38eedf0b6b522d710a99a770dce4b50b7710f7794bb04c34909ae3bf528c6573e98df9ee1d2827e4f4476ffd1cf11970d70fb35317cf57f76656e6fbee4cc2a84ea5eae96b1d89ed5ec17184bcf4f6f4769fb036067f8e358767e9e4607d2a02d88554b65fadbf353fb3b6e50ef311f4e2f80d973594db0bdd706014d48031bf46b155565d121c7483610eb4f57e8a69336b53841d31c65e9cb70bf056c0edb6a82bab80a009487ca46fe451e233fd8c489dc8a0e3f', 1, '{"kty": "RSA", "use": "sig", "key_ops": ["verify"], "alg": "RS256", "kid": "jwk-live-c375dd6a-3b09-4470-91b0-902d5cf922dd", "x5c": ["MIIC/DCCAeSgAwIBAgIUUqOjLGVN514RufQyLyjsvo7klIowDQYJKoZIhvcNAQELBQAwODE2MDQGA1UEAwwtandrLWxpdmUtYzM3NWRkNmEtM2IwOS00NDcwLTkxYjAtOTAyZDVjZjkyMmRkMB4XDTI2MDUwNDA5MzAwMFoXDTM2MDUwMTA5MzAwMFowODE2MDQGA1UEAwwtandrLWxpdmUtYzM3NWRkNmEtM2IwOS00NDcwLTkxYjAtOTAyZDVjZjkyMmRkMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAx2uN0dJbs5VitdlVnHXSzAZ+8O40MOKLmbnpPyMvIhaDWprcddNdG3NyjawV3pHOEFe2wcx7ugFuKGd9h4/3qhKGpIWTqegKuuXTBDuFBtdfXSdH7kJnlLEPHkfr88U+mf+9AbtG9WOl1X+owGKPfzeJcyHTSRWS1D/T8t3xYvztMOmI28Sk5oFNIJf3Sf/I2Xl5Hpydz/ZBPtu/T33ijUPZVM46sZpWwCwVaRY2f13iiQjtaFo9sFXr8aGKA5UOzL7xKTBm9bQd4hV1JzwfxxRakN/lhkyHi2DqNzOj3vAhS5ropDuKNWRh3bsMulHkJ9MVjxFAVr0Dt/BZCRdbwQIDAQABMA0GCSqGSIb3DQEBCwUAA4IBAQAfOQ/GR5KBYoyDc1XU0QJ22Pz8bWqxuB0tpfnkce2cdkS1n0c2gR/CLoWi14UdZYzKYs1/NLh1xGrxfkZCqM5tY/h3ElUIUtLVRPA8DwmV2ky9qtConMujb0VOKDWpq9Kgl2is+4Furne8n4SJckSdLZ+fm0wN3oaWeBQxCk+xwdm0wRpyTqQ/aDhoK5Yd+uFST/MeBwy+oVsrp6NvenNHwrr3POqDZVeJnAs2eKB4o9pwzUaWgRIcluatpK8N7W29m72vfv8nrjez83fiyAeoaZw4AuKG1MYea3KylC0tJKl8G9fce/eIZkUIgjQX/F+VYFx+7SY2t61SUPN86ajg"], "x5t#S256": "e5n4cpJMzWHrrQM7Wsa_oZu0Uy7O-a_QGTO1nXYPgH0", "n": "x2uN0dJbs5VitdlVnHXSzAZ-8O40MOKLmbnpPyMvIhaDWprcddNdG3NyjawV3pHOEFe2wcx7ugFuKGd9h4_3qhKGpIWTqegKuuXTBDuFBtdfXSdH7kJnlLEPHkfr88U-mf-9AbtG9WOl1X-owGKPfzeJcyHTSRWS1D_T8t3xYvztMOmI28Sk5oFNIJf3Sf_I2Xl5Hpydz_ZBPtu_T33ijUPZVM46sZpWwCwVaRY2f13iiQjtaFo9sFXr8aGKA5UOzL7xKTBm9bQd4hV1JzwfxxRakN_lhkyHi2DqNzOj3vAhS5ropDuKNWRh3bsMulHkJ9MVjxFAVr0Dt_BZCRdbwQ", "e": "AQAB"}', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
SELECT pg_catalog.setval('public.authenticator_id_seq', 4, true);
SELECT pg_catalog.setval('public.door_id_seq', 1, true);
SELECT pg_catalog.setval('public.enrolment_id_seq', 4, true);
SELECT pg_catalog.setval('public.enrolment_pass_id_seq', 1, false);
SELECT pg_catalog.setval('public.event_id_seq', 48, true);
SELECT pg_catalog.setval('public.invitation_id_seq', 1, false);
SELECT pg_catalog.setval('public.known_browser_id_seq', 6, true);
SELECT pg_catalog.setval('public.member_id_seq', 5, true);
SELECT pg_catalog.setval('public.organization_id_seq', 1, true);
SELECT pg_catalog.setval('public.password_link_id_seq', 1, false);
SELECT pg_catalog.setval('public.project_id_seq', 1, true);
SELECT pg_catalog.setval('public.project_profile_id_seq', 1, true);
SELECT pg_catalog.setval('public.project_secret_id_seq', 1, true);
SELECT pg_catalog.setval('public.project_tenant_id_seq', 1, false);
SELECT pg_catalog.setval('public.project_user_id_seq', 3, true);
SELECT pg_catalog.setval('public.recovery_code_id_seq', 40, true);
SELECT pg_catalog.setval('public.recovery_code_set_id_seq', 4, true);
SELECT pg_catalog.setval('public.second_factor_failure_id_seq', 10, true);
SELECT pg_catalog.setval('public.session_factor_id_seq', 1, true);
SELECT pg_catalog.setval('public.session_id_seq', 7, true);
SELECT pg_catalog.setval('public.setup_link_id_seq', 1, false);
SELECT pg_catalog.setval('public.sign_in_id_seq', 7, true);
SELECT pg_catalog.setval('public.signing_key_id_seq', 1, true);
SELECT pg_catalog.setval('public.staged_code_id_seq', 1, false);
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
ALTER TABLE ONLY public.project
    ADD CONSTRAINT pk_project PRIMARY KEY (id);
ALTER TABLE ONLY public.project_enrolment
    ADD CONSTRAINT pk_project_enrolment PRIMARY KEY (enrolment_id);
ALTER TABLE ONLY public.project_profile
    ADD CONSTRAINT pk_project_profile PRIMARY KEY (id);
ALTER TABLE ONLY public.project_secret
    ADD CONSTRAINT pk_project_secret PRIMARY KEY (id);
ALTER TABLE ONLY public.project_tenant
    ADD CONSTRAINT pk_project_tenant PRIMARY KEY (id);
ALTER TABLE ONLY public.project_use
    ADD CONSTRAINT pk_project_use PRIMARY KEY (project_id);
ALTER TABLE ONLY public.project_user
    ADD CONSTRAINT pk_project_user PRIMARY KEY (id);
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
ALTER TABLE ONLY public.session_factor
    ADD CONSTRAINT pk_session_factor PRIMARY KEY (id);
ALTER TABLE ONLY public.setup_link
    ADD CONSTRAINT pk_setup_link PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT pk_sign_in PRIMARY KEY (id);
ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT pk_signing_key PRIMARY KEY (id);
ALTER TABLE ONLY public.staged_code
    ADD CONSTRAINT pk_staged_code PRIMARY KEY (id);
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
ALTER TABLE ONLY public.project
    ADD CONSTRAINT uq_project_environment_id UNIQUE (environment_id);
ALTER TABLE ONLY public.project_profile
    ADD CONSTRAINT uq_project_profile_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.project
    ADD CONSTRAINT uq_project_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.project
    ADD CONSTRAINT uq_project_public_token UNIQUE (public_token);
ALTER TABLE ONLY public.project_secret
    ADD CONSTRAINT uq_project_secret_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.project_secret
    ADD CONSTRAINT uq_project_secret_secret_hash UNIQUE (secret_hash);
ALTER TABLE ONLY public.project_tenant
    ADD CONSTRAINT uq_project_tenant_project_id_external_id UNIQUE (project_id, external_id);
ALTER TABLE ONLY public.project_tenant
    ADD CONSTRAINT uq_project_tenant_project_id_organization_id UNIQUE (project_id, organization_id);
ALTER TABLE ONLY public.project_user
    ADD CONSTRAINT uq_project_user_project_id_member_id UNIQUE (project_id, member_id);
ALTER TABLE ONLY public.project_user
    ADD CONSTRAINT uq_project_user_project_id_organization_id_external_id UNIQUE (project_id, organization_id, external_id);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT uq_recovery_code_member_id_code_index UNIQUE (member_id, code_index);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT uq_recovery_code_set_id_number UNIQUE (set_id, number);
ALTER TABLE ONLY public.recovery_code_set
    ADD CONSTRAINT uq_recovery_code_set_member_id_generation UNIQUE (member_id, generation);
ALTER TABLE ONLY public.recovery_code_set
    ADD CONSTRAINT uq_recovery_code_set_public_id UNIQUE (public_id);
ALTER TABLE ONLY public.session_factor
    ADD CONSTRAINT uq_session_factor_session_id_proof_method UNIQUE (session_id, proof, method);
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
ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT uq_signing_key_project_id_kid UNIQUE (project_id, kid);
ALTER TABLE ONLY public.staged_code
    ADD CONSTRAINT uq_staged_code_enrolment_id_number UNIQUE (enrolment_id, number);
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
CREATE INDEX ix_project_enrolment_member_id ON public.project_enrolment USING btree (member_id);
CREATE INDEX ix_project_enrolment_project_id ON public.project_enrolment USING btree (project_id);
CREATE INDEX ix_project_organization_id ON public.project USING btree (organization_id);
CREATE INDEX ix_project_profile_project_id ON public.project_profile USING btree (project_id);
CREATE INDEX ix_project_secret_project_id ON public.project_secret USING btree (project_id);
CREATE INDEX ix_project_tenant_organization_id ON public.project_tenant USING btree (organization_id);
CREATE INDEX ix_project_user_member_id ON public.project_user USING btree (member_id);
CREATE INDEX ix_recovery_code_index_key_id ON public.recovery_code USING btree (index_key_id);
CREATE INDEX ix_recovery_code_seal_key_id ON public.recovery_code USING btree (seal_key_id);
CREATE INDEX ix_recovery_code_set_kept_copies ON public.recovery_code_set USING btree (visibility) WHERE ((voided_at IS NULL) AND (copies_erased_at IS NULL));
CREATE INDEX ix_recovery_code_set_made_in_session_id ON public.recovery_code_set USING btree (made_in_session_id);
CREATE INDEX ix_second_factor_failure_member_id_failed_at ON public.second_factor_failure USING btree (member_id, failed_at);
CREATE INDEX ix_session_audience ON public.session USING btree (audience);
CREATE INDEX ix_session_expires_at ON public.session USING btree (expires_at);
CREATE INDEX ix_session_factor_member_id ON public.session_factor USING btree (member_id);
CREATE INDEX ix_session_member_id ON public.session USING btree (member_id);
CREATE INDEX ix_sign_in_expires_at ON public.sign_in USING btree (expires_at);
CREATE INDEX ix_sign_in_member_id ON public.sign_in USING btree (member_id);
CREATE INDEX ix_signing_key_seal_key_id ON public.signing_key USING btree (seal_key_id);
CREATE INDEX ix_staged_code_index_key_id ON public.staged_code USING btree (index_key_id);
CREATE INDEX ix_staged_code_member_id ON public.staged_code USING btree (member_id);
CREATE INDEX ix_staged_code_seal_key_id ON public.staged_code USING btree (seal_key_id);
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
ALTER TABLE ONLY public.project_enrolment
    ADD CONSTRAINT fk_project_enrolment_enrolment_id_enrolment FOREIGN KEY (enrolment_id) REFERENCES public.enrolment(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.project_enrolment
    ADD CONSTRAINT fk_project_enrolment_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.project_enrolment
    ADD CONSTRAINT fk_project_enrolment_project_id_project FOREIGN KEY (project_id) REFERENCES public.project(id);
ALTER TABLE ONLY public.project
    ADD CONSTRAINT fk_project_organization_id_organization FOREIGN KEY (organization_id) REFERENCES public.organization(id);
ALTER TABLE ONLY public.project_profile
    ADD CONSTRAINT fk_project_profile_project_id_project FOREIGN KEY (project_id) REFERENCES public.project(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.project_secret
    ADD CONSTRAINT fk_project_secret_project_id_project FOREIGN KEY (project_id) REFERENCES public.project(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.project_tenant
    ADD CONSTRAINT fk_project_tenant_organization_id_organization FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.project_tenant
    ADD CONSTRAINT fk_project_tenant_project_id_project FOREIGN KEY (project_id) REFERENCES public.project(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.project_use
    ADD CONSTRAINT fk_project_use_project_id_project FOREIGN KEY (project_id) REFERENCES public.project(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.project_user
    ADD CONSTRAINT fk_project_user_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.project_user
    ADD CONSTRAINT fk_project_user_project_id_project FOREIGN KEY (project_id) REFERENCES public.project(id) ON DELETE CASCADE;
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
ALTER TABLE ONLY public.session_factor
    ADD CONSTRAINT fk_session_factor_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.session_factor
    ADD CONSTRAINT fk_session_factor_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT fk_sign_in_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.signing_key
    ADD CONSTRAINT fk_signing_key_project_id_project FOREIGN KEY (project_id) REFERENCES public.project(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.staged_code
    ADD CONSTRAINT fk_staged_code_enrolment_id_enrolment FOREIGN KEY (enrolment_id) REFERENCES public.enrolment(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.staged_code
    ADD CONSTRAINT fk_staged_code_member_id_organization_id_member FOREIGN KEY (member_id, organization_id) REFERENCES public.member(id, organization_id) ON DELETE CASCADE;
