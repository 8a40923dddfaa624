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
    pending boolean NOT NULL
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
INSERT INTO public.alembic_version VALUES ('0004');
INSERT INTO public.authenticator VALUES (1, 'f93c7916-56fe-4a06-bdcd-4d4d38b30a7c', 1, 1, 'Phone', '\x01eb90db3f86ef9336a97202d967ebed285753af529484da6945de690e645ba6b4ea80d0c5c9f420d4920929c6dbfd5fcb', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (2, 'a84c0fca-a529-4ff7-9aa2-6da817972179', 2, 1, 'Phone', '\x01c0724f7890d0ef3a952992eef1146184f99d9d5ffdd02ccc2258d9f8814093303582e57257ab0c34ca4b87feb32959f8', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (3, '3ede2ad5-646b-408c-9ba3-d2d0be4d6fde', 4, 1, 'Phone', '\x01f3059f3b9b4dd7b6913b051f292db363579ebb3d836d9b7b3fc503bd335a5d6e78f3fa3e74f314b30655725b867b664b', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.authenticator VALUES (4, '94b64e30-b169-4a3a-8a18-16223456a303', 5, 1, 'Phone', '\x012575bc2515b06053137c74895250dfcd7867ea984c8b2fd16c5a80db63a6d70501c2da6ccda3d6b0dd0ebfa0ae4f3ced', 1, 59262900, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.door VALUES (1, 4, 1, 'portal', 10, NULL);
INSERT INTO public.event VALUES (1, '5415e3f2-2d86-4dd8-a2c1-522f5d49f4ec', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (2, 'bd3fd464-a4db-410b-b57d-a588f2335049', 1, 1, 'member', 1, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (3, '83a42b63-4ba9-48ff-bc62-d35460208cd5', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}', NULL);
INSERT INTO public.event VALUES (4, 'bc23d184-05f4-46ad-8fa2-6eacff5f7aaf', 1, 1, 'member', 1, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}', NULL);
INSERT INTO public.event VALUES (5, '8642d8fd-26e0-4e1b-8c18-761dbf582234', 1, 1, 'member', 1, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}', NULL);
INSERT INTO public.event VALUES (6, 'cee5381f-3225-4877-a21e-cd0ddfc07b70', 1, 1, 'member', 1, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}', NULL);
INSERT INTO public.event VALUES (7, '064e23ae-52dd-45c6-8ca1-2596bf48c2c0', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (8, '8989e2d9-7e94-4038-926a-2fc002e711e7', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 1}', NULL);
INSERT INTO public.event VALUES (9, '0f1f014b-4ec0-4b28-9b25-8c45b3112701', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}', NULL);
INSERT INTO public.event VALUES (10, '0ca06dff-f810-42d4-b5f6-66cd28d3c1b7', 1, 1, 'member', 1, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (11, '59aac8b0-01d3-4e45-b838-8e049a526391', 1, 1, 'member', 1, 'recovery_codes.spent', '2026-05-04 09:30:00+00', '{"number": 2}', NULL);
INSERT INTO public.event VALUES (12, 'fc6c3572-f0ad-4ba2-b2cd-3da2edd8d7af', 1, 1, 'member', 1, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "recovery_code"}', NULL);
INSERT INTO public.event VALUES (13, '82eb21c9-eaff-497e-b52c-b517fbf44a44', 1, 2, 'member', 2, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (14, '5a8aac39-4749-44eb-a340-7075c9b06b24', 1, 2, 'member', 2, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (15, '622e8841-8b09-4ed3-9116-c43508bc0195', 1, 2, 'member', 2, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}', NULL);
INSERT INTO public.event VALUES (16, '7c6ea549-c223-44e5-a9ea-7085d2033e58', 1, 2, 'member', 2, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}', NULL);
INSERT INTO public.event VALUES (17, '5f117cfa-2f47-4ff2-929b-f5658fcaca29', 1, 2, 'member', 2, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}', NULL);
INSERT INTO public.event VALUES (18, '684b07e7-e064-434a-b263-54ae2f99d68c', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (19, 'ee1050ff-a10b-40a4-8af8-8b2fcdffde59', 1, 4, 'member', 4, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (20, '9ffe54df-5ba1-48eb-8870-dc7fffcb7249', 1, 4, 'member', 4, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}', NULL);
INSERT INTO public.event VALUES (21, '58e76b40-8123-4242-a2ec-8c400a92ef25', 1, 4, 'member', 4, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}', NULL);
INSERT INTO public.event VALUES (22, '46296312-dfb7-4b47-8680-2b97bede53f5', 1, 4, 'member', 4, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}', NULL);
INSERT INTO public.event VALUES (23, 'd67c24e7-ccaf-486b-9d5c-007828c6f99b', 1, 4, 'member', 4, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}', NULL);
INSERT INTO public.event VALUES (24, 'c395deee-6736-49d5-83fd-c8154cc0b353', 1, 4, 'member', 4, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (25, 'f3482767-4e1a-46b9-88ef-b6be84212636', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (26, '2ad7757d-bd34-44cd-882a-2cef5154f05d', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (27, '07282590-14c6-410a-8548-48cceab3f064', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (28, '63635482-edfa-433c-84ee-cc1bde18bcdf', 1, 4, 'member', 4, 'second_factor.failures_noticed', '2026-05-04 09:30:00+00', '{"failures": 3}', NULL);
INSERT INTO public.event VALUES (29, '95ae83a8-23e6-4ac1-90e1-c0ba298849d2', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (30, '134e3ba6-a5c0-4192-a6e9-9b9fefd92dbe', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (31, '52d80920-0ca1-499b-b493-2f0984b9cd63', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (32, '25842dfb-e34e-4cd0-8f6f-656af298bd15', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (33, '25047926-beb0-4b58-b685-86ef5b143faf', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (34, '0b34e6ef-5c8d-4879-9686-349ae30e8e85', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (35, '6aae4c90-b25c-4a97-af0c-55f4c9a3a7f6', 1, 4, 'member', 4, 'second_factor.refused', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (36, '605c650b-7502-4f8a-ac8b-9fe1f8b5511c', 1, 4, 'member', 4, 'second_factor.locked', '2026-05-04 09:30:00+00', '{"reason": "attempts", "until": "2026-05-04T10:30:00+00:00"}', NULL);
INSERT INTO public.event VALUES (37, 'e462c9b8-d0df-484e-9da2-419de7e1c532', 1, 5, 'member', 5, 'password.accepted', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (38, '54571813-e9e9-4bf7-bde2-a9ce829b9697', 1, 5, 'member', 5, 'enrolment.begun', '2026-05-04 09:30:00+00', '{}', NULL);
INSERT INTO public.event VALUES (39, '04ad717b-e50f-473b-8724-6a649ade80c7', 1, 5, 'member', 5, 'session.signed_in', '2026-05-04 09:30:00+00', '{"proof": "totp"}', NULL);
INSERT INTO public.event VALUES (40, '230a0f49-e235-4551-ae4b-48e562390e5c', 1, 5, 'member', 5, 'authenticator.added', '2026-05-04 09:30:00+00', '{"name": "Phone", "unknown_browser": true}', NULL);
INSERT INTO public.event VALUES (41, '0add512c-e934-419d-8fb5-a60f1e326785', 1, 5, 'member', 5, 'recovery_codes.made', '2026-05-04 09:30:00+00', '{"count": 10}', NULL);
INSERT INTO public.event VALUES (42, '5b7d425d-a641-40e7-95d7-96ab1938b122', 1, 5, 'member', 5, 'recovery_codes.acknowledged', '2026-05-04 09:30:00+00', '{"generation": 1}', NULL);
INSERT INTO public.event VALUES (43, 'c6bd7d6f-f0f4-4eb2-85be-495744f2c7e6', 1, NULL, 'operator', NULL, 'project.created', '2026-05-04 09:30:00+00', '{"project": "Shop", "permissions": ["factor_secrets"]}', NULL);
INSERT INTO public.event VALUES (44, '085dc8ee-7746-40f3-a7ba-68601117689a', 1, 1, 'project', NULL, 'user.changed', '2026-05-04 09:30:00+00', '{}', 1);
INSERT INTO public.event VALUES (45, '4096830d-1bba-4311-a8b3-444970c031d8', 1, 2, 'project', NULL, 'user.changed', '2026-05-04 09:30:00+00', '{}', 1);
INSERT INTO public.event VALUES (46, 'a589def5-cdb7-4cb1-addc-35a7c4e09976', 1, 3, 'project', NULL, 'user.changed', '2026-05-04 09:30:00+00', '{}', 1);
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
INSERT INTO public.known_browser VALUES (1, 'd66188dd-7bea-4ecb-95c4-4e725d1a631b', 1, 1, '\xa78567148a309590e44bdd69cc2ee8d1d9c5f2b4871dbebf1945ca9488deb204', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (2, '98f6df23-c82c-4fae-9804-c000d29ccebf', 1, 1, '\x0c84b2012a8b764a5ac25a6d09e8dc4d329ef88c3d3f3884f7c341a602858d4e', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (3, 'a840afda-1f51-4481-9c9f-e2bfe322f13c', 1, 1, '\x41648741a978e5517afa0daba86a6a8bb409edf27b24de8dda3b31e2afb1ec97', 'Chrome on Windows', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (4, '219b8511-243a-46d4-aa0b-0476fe6617de', 2, 1, '\x0bf8755631e9c5f0978422c403f7c7e5850ca3b6c24211b173634d1056727d24', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (5, 'c504a7c7-4244-45d1-8226-730dfb0d2ba3', 4, 1, '\x32b32ec8790a5829221c959c4a255f0b536b5d8bbc27a40218583838a665ca46', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.known_browser VALUES (6, 'a3c44ffd-884b-4a32-9e5e-2e290d70e24d', 5, 1, '\x953ab03f3f6fee35341037c3ae6e1b822324acf86e6479d3ba706a6758f2986a', 'Firefox on Linux', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-08-02 09:30:00+00');
INSERT INTO public.member VALUES (5, '1ce92deb-379a-4f28-ab3e-11d5949190c4', 1, 'owner', 'active', 'Olive', 'olive@example.org', 'olive@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$GTRoL7iJGMuFF2wSEd0gKw$Zga+WJLc+b6AfUFM3twWP63uAosSzlCoVc6ztvXRt+U', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, false, true, false, 1, 1, 'olive olive@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (1, '5e4ca288-bd00-493b-8840-3436b34a917e', 1, 'member', 'active', 'Ada', 'ada@example.org', 'ada@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$FbOGSrfWnW9u7nrdLjQR0g$UsxDxWj2w62kcp52Y7aCO3VTU2t/B97rPdrDcyEW864', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 8, false, true, false, 1, 1, 'ada ada@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (2, '548fbe1c-e2a2-4434-92cf-2f1f1d4e1e2c', 1, 'member', 'active', 'Bob', 'bob@example.org', 'bob@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$X1IyFVYC4VH2VvNaFO6UJg$IPjrru8vRk7FhWiVuF3FhjTX5DrKmQn6n/86dbXPLHM', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 1, 10, true, false, false, 1, 1, 'bob bob@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.member VALUES (3, '430c3166-bf7e-4d5b-8ec9-be794b8481b7', 1, 'member', 'active', 'Cleo', 'cleo@example.org', 'cleo@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$nq0S5/S0O8yaMcSqPXW7iw$IxLvfLHz+FVFjPXAWTBO6LQF3RyMYAR2g2aRm6z+kcM', '2026-05-04 09:30:00+00', NULL, NULL, NULL, 0, 0, 0, 0, false, false, false, 0, 0, 'cleo cleo@example.org', '2026-05-04 09:30:00+00', NULL, NULL);
INSERT INTO public.member VALUES (4, 'efc27dda-0bc5-476f-a313-c5f2a087aae3', 1, 'member', 'active', 'Dan', 'dan@example.org', 'dan@example.org', false, NULL, '$argon2id$v=19$m=8,t=1,p=1$jdXDOltox5BmSMkk1ciTeg$hBw1cvpXnkHFpKajBv731VNcf7CHvNfskgiWRO24Whs', '2026-05-04 09:30:00+00', NULL, 'attempts', '2026-05-04 10:30:00+00', 0, 1, 1, 10, false, true, false, 1, 1, 'dan dan@example.org', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.organization VALUES (1, 'ce03a34e-a4ae-42ec-b2af-c5f838118795', 'harbour', 'Harbour', 'UTC', '2026-05-04 09:30:00+00', 10, 'viewable', 0, '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\x520f12eb52cb2fd5fbf15139ef74b6ca6ce24b4f76df97f86c2981a61fc706be', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.password_wait VALUES ('\x25b0e5355fb229b4ad24747df5df1afa43f4d8fb8554f07d8c59100f438a4d4b', 0, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.project VALUES (1, 'a8f90376-60b3-4da9-aa6c-b161714334a5', '9f7dc365-d7e4-4df8-bc03-5aa63e954672', 'public-token-live-K1CuP3t0YMhMTOrNcLocqFuXIYPO68_EYTTcHX3x9Vo', 1, 'Shop', true, '2026-05-04 09:30:00+00', NULL);
INSERT INTO public.project_secret VALUES (1, '96f3b9b8-9975-42bb-9eb5-55b8835456a9', 1, '\x6ed9aa796bac81416cdaa2913fb4c616df8dc7d1e492029a6d049b3a47d5c237', 'zSkA', '2026-05-04 09:30:00+00', NULL, NULL);
INSERT INTO public.project_user VALUES (1, 1, 1, 1, 'customer-1', 'Ada', '', '', '["reader"]', '{"plan": "gold"}', '{}', false);
INSERT INTO public.project_user VALUES (2, 2, 1, 1, 'customer-2', 'Bob', '', '', '[]', '{}', '{"theme": "dark"}', false);
INSERT INTO public.project_user VALUES (3, 3, 1, 1, NULL, 'Cleo', '', '', '["new"]', '{}', '{}', false);
INSERT INTO public.recovery_code VALUES (3, 1, 1, 1, 3, '\x46707da0c7864f2f8edc6993b027392b116c006c1c27641ffec6fb73403fd4d8', 1, '\x01e8cda4db2c90538826fa60ea2427b1403a54f289054542f93879bdb8df8d2b90639c12396e2f28c8589d3d40', 1, NULL);
INSERT INTO public.recovery_code VALUES (4, 1, 1, 1, 4, '\x96eb5ccc633df554c1dba4749004960d96ad957e82704125b8f4d6b38903d860', 1, '\x01f59f73e0d0fd38430d16439a6e8f62ab0962af1968bf3e9f3663fecc0e111db4f4d5f41057b00392cf322160', 1, NULL);
INSERT INTO public.recovery_code VALUES (5, 1, 1, 1, 5, '\x93437985c9dca8337454b02bc18d9cc6152a19886d87ceaa23413133b2822707', 1, '\x0101df5d05855fae53c1b7dc78115b193b32f80f308ec00679cdc27e4d57bb894f42067d3df759a697e77ecb07', 1, NULL);
INSERT INTO public.recovery_code VALUES (6, 1, 1, 1, 6, '\xe47f25af5b1195482547c23b23efe065b8fc53453d742b418d475b0536909504', 1, '\x017b27d1066ef4cdfad5b36a962272cd815dbcc1d34a998bae9e066c51811f0740e6673d98fca63e86599787ce', 1, NULL);
INSERT INTO public.recovery_code VALUES (7, 1, 1, 1, 7, '\x5c2bf7f158d7c5a8d47e9c9180dfb5085c9a618509e599d9906f18d072f8a3a1', 1, '\x01f425dbb29ae4dfcaa26370e30c06c4fdcb3453fd7f7df6ef45680420693f98cd89743b2b21126ed6cd95904f', 1, NULL);
INSERT INTO public.recovery_code VALUES (8, 1, 1, 1, 8, '\xa962288cdc76477c9576184d065ea4079234b43d5a23c02714c227de99af90e5', 1, '\x013e6a6c1ea9ea988a5ca34d0560a2f562a4aa0b69abd973306e603a1dac690ba1271b1b08e740cd25e7370e27', 1, NULL);
INSERT INTO public.recovery_code VALUES (9, 1, 1, 1, 9, '\x2f8d3d74f01590a2d02cd3c312cc9539ad747d17f056329e11a0ba7d7c880f39', 1, '\x01870a8ccbd5a72fb71127b0b3ad9c1b5bfcb70b6096818d615f5a073b58d1b7c614c4fbed1e4a7fe529ef7acb', 1, NULL);
INSERT INTO public.recovery_code VALUES (10, 1, 1, 1, 10, '\x1a6a9bc1af338c10226bec2c7a5c49a25de84a7e9c2077b4537bf0f6d8c0a2e3', 1, '\x01706f57279fc6ed8791f3bbbc8305689607187d1a3e4095474c9229f048e0a5ed44f0b0dbf9b980ae9b917d74', 1, NULL);
INSERT INTO public.recovery_code VALUES (1, 1, 1, 1, 1, '\xb24b87eed571c903e28408e49755fb4e1bdb846c693a2643575dd7e11172a14a', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (2, 1, 1, 1, 2, '\xe1db74732c4e3550cd83d34b4755abc850728f68efcbb71fb23d9bde74a00460', 1, NULL, NULL, '2026-05-04 09:30:00+00');
INSERT INTO public.recovery_code VALUES (11, 2, 1, 2, 1, '\xe6d00132c85d87d5e826768c0cf32ca2bafc1dd96041d6fb2599333b816c560c', 1, '\x01689226cb343ce31ef8c81a83a7e4388bc6e01e18b2d8964b349650cb75094c52b37aa8f84ae2aa2458723461', 1, NULL);
INSERT INTO public.recovery_code VALUES (12, 2, 1, 2, 2, '\x466e2def5cce3c2ac1ec137bb8a3422aa2dc20f78a69b9db5c349c02926c9284', 1, '\x01e1299062b7681226a3b56a7f0ab9f3e4e79c405936888d603a683c16db7d5e2d866062fd68fee171ca1cd7ab', 1, NULL);
INSERT INTO public.recovery_code VALUES (13, 2, 1, 2, 3, '\xd43cd76a52ae0e64d2c9e335d4ed6bae451053db35530e1605ad561249f4c3be', 1, '\x0194a9a5ed30257aa77d0fa0206f384cf463ae831d4ceac735b0091921934251d04b8547f8f718a308dfaba0c9', 1, NULL);
INSERT INTO public.recovery_code VALUES (14, 2, 1, 2, 4, '\xe787cf9bf49af824384aa8e78d02db129b70bffb97d1bf3b82c9c83e978d0358', 1, '\x01d78f4a7f746f8f2690623d72fa6094ef78b28a63857bbf2d3b0e1b3693b9a9f9a0333a1fb7a22e55d5d2a259', 1, NULL);
INSERT INTO public.recovery_code VALUES (15, 2, 1, 2, 5, '\x931de3e0e5d18741d04011a84bb96cb0c250eaa85055970a8c2d2261c75a01ba', 1, '\x01c8f9a38d2e7f8f87be69917ddb87aafd8a66342bcf2ca72255358e1b5d00b95051102dd721f2465e2fa2d6dd', 1, NULL);
INSERT INTO public.recovery_code VALUES (16, 2, 1, 2, 6, '\x872e45fdde4e7a0e3db39a5200d2081c29359c26482bedede73d9e3818811540', 1, '\x010f1704b54de0f9568bdd940b04fa8eedfab19fcabe06c5282b8c68df8ef366a0b94d6116c76746ab6b87c789', 1, NULL);
INSERT INTO public.recovery_code VALUES (17, 2, 1, 2, 7, '\xd0ebe2b29f6c2886033eebd38b06c8524acbdeea3c01e075ac625665d4bcb940', 1, '\x01cec593b6f1908749cb4ae3943c2f346907d88e5e66fd212ef55e890b66c900f86bac910ae8c67d7323e30e15', 1, NULL);
INSERT INTO public.recovery_code VALUES (18, 2, 1, 2, 8, '\x771c8f6129414fa39d640fa57ed4ef344dcc375a23338972376ec3495bba0777', 1, '\x016450a53b7e140e5e67b4a5bec77b2d4328a08849308bb38e5486e6314604b22001598170d04a2a19f1882faa', 1, NULL);
INSERT INTO public.recovery_code VALUES (19, 2, 1, 2, 9, '\xf2ec34c23eb7012a028abc28c371b941d92a71a62c5e7a5a571760145e0c74cd', 1, '\x01969594eef700cd466bb68986c96e8b2bf3dc6fb842450fd38f5c3e5a144d26012783d5f0d48d50d3040bc3f4', 1, NULL);
INSERT INTO public.recovery_code VALUES (20, 2, 1, 2, 10, '\xc53ce4ce2cb81f80a07e551e6182c5286245cc656fafbc80af582cb5e947ad11', 1, '\x013dd99f70b84c504a0c1779f389c4b1eb18d2775d28e50d565b00a8c254c4c6a7b1a48894991454fdfaff5f60', 1, NULL);
INSERT INTO public.recovery_code VALUES (21, 4, 1, 3, 1, '\x6fa3c89b5bdc7053db610f3f1eed1484651acb62d7c29be2109bc45eb4cd123c', 1, '\x01a3c09bb1f5894ff0b39be0d09fcdb7afe2abc90d6e5e73d891651dc1f2bbb94f0c7915717b0470bb6500c567', 1, NULL);
INSERT INTO public.recovery_code VALUES (22, 4, 1, 3, 2, '\x73530a3e8a122cafa5bd2c8ceee05fb0c38e5b345f15f9bc91ac46f8b0491c0b', 1, '\x0168a3c07cee1ffc989b4fdb68c415cb5a48de7c54c11a62599db2cddd3bb0dad11689d4dd2dcb8009a10b6e77', 1, NULL);
INSERT INTO public.recovery_code VALUES (23, 4, 1, 3, 3, '\x2b7851d0c0d38171bc7b7075de95dd601b528ec6bc4a1d07ca7a078035302a1a', 1, '\x01070ce637c81f1aea9ef69c881bba93a3dcb221412c923356aa430b5418b27ca7cf4d347f344caf86f9dddeb7', 1, NULL);
INSERT INTO public.recovery_code VALUES (24, 4, 1, 3, 4, '\x73cea48d1bc9d6f7b5246668085c148f494d6bf9ae5f6e9132f7279e966a004a', 1, '\x0175b5908b64ffa468a1232dd7acea1f05788e3010ed9032007a698146d8653ac655b2cfb403b374fb69329cba', 1, NULL);
INSERT INTO public.recovery_code VALUES (25, 4, 1, 3, 5, '\xb8f1e089253ddca3060ca819953bdac42f6cfdb78dc4b0fb3e50ec7fa97203dd', 1, '\x010c7a7da2b540d7935c06d2686ad5511a8faca4e0b38a0b0ee3dff35495b187299c9cf540d857c2878a153e30', 1, NULL);
INSERT INTO public.recovery_code VALUES (26, 4, 1, 3, 6, '\xb1e175fc0c8e1107d25975c981146e5b1e4ec51f9ac75e404ba67db43f10801b', 1, '\x01f6f5d83efb33e973dd8f71a62fae11db0e4f11851fc88183ab8b22d769fc0682eb17161fd3eb4daa8462abf1', 1, NULL);
INSERT INTO public.recovery_code VALUES (27, 4, 1, 3, 7, '\x48e85381d396e41e8d073f1bd077b3c0e15a0f2e5c7d08a745394517fbc864c8', 1, '\x0119f078628db54e3a6d139665945045e122e727d061582432476ecaa65efd00ece7f734f1ba3471587f59ea82', 1, NULL);
INSERT INTO public.recovery_code VALUES (28, 4, 1, 3, 8, '\x214b6b4f501fe1233b3f1baa4f734dd491f159479a60a4257d4a877a496946ed', 1, '\x01cfa79df8fa7ddee6626849ad6a81e5b0fb637a3c9ea37a0fbf3f9c0d9ab642a37be88bc08e89bdad47365ee0', 1, NULL);
INSERT INTO public.recovery_code VALUES (29, 4, 1, 3, 9, '\xd3dd8ab72e2ff1acb40b67ccb6ac028338eef29dbbdd1919c3f1e161374d9fd9', 1, '\x018e1263917bad48556c851d985b42a1e4395b67f6e95414e71278a02e4986af682afaf3872c520a7f30cfd287', 1, NULL);
INSERT INTO public.recovery_code VALUES (30, 4, 1, 3, 10, '\x23c88b547d9c5edb6793dcf815751dd1efd7abc1370f8851fb20798d85200c05', 1, '\x01746f20d32d9d09143dc42540bb358534c677417d5c69d2e0b90d40eb05c8ca7749fc3ba88b4e1ad653a8610e', 1, NULL);
INSERT INTO public.recovery_code VALUES (31, 5, 1, 4, 1, '\x5c14291e5b3c00019136144f3eb5bb1082238cc7d74caba23ff29a30017b0608', 1, '\x018df256e21c7794c85bb748a757fcb067db5c79074af35a1d3b81bc580a39cb725a7d34b6332e253dea53aa7b', 1, NULL);
INSERT INTO public.recovery_code VALUES (32, 5, 1, 4, 2, '\x32bb7c00d579390c865e180ff0db51b2c075ac118ec0426f6b7c4ffc8978f461', 1, '\x01a2a40dd13f4ee4c45a7349c8eb9c0a58be7b62ede24973107c3845fa93cef4eb1a94239871af93b610808255', 1, NULL);
INSERT INTO public.recovery_code VALUES (33, 5, 1, 4, 3, '\x97b76373d6ba7c871350d00a3130bb8af771fb23a5575b258a8e45ddf7689df5', 1, '\x0132adb1369d57fb9016fc757146749e9231d170ac1af85e4bddcd2a01fda5a406e9747c5f069aa20a6df22f7c', 1, NULL);
INSERT INTO public.recovery_code VALUES (34, 5, 1, 4, 4, '\x72af3fdf60c3847ca476bb6d2d2d88f1f173a847ca764086d12e01bc4c760704', 1, '\x0154379b4d9d88b2cf16790278fa7bc0cbca4737c793e79c32940686e0b6200d4bd8327eda4c5dd50d3cd697f2', 1, NULL);
INSERT INTO public.recovery_code VALUES (35, 5, 1, 4, 5, '\xa45455c6a8b5eb8fa2740436d6fd9ae9e5e7cfecbea926375ac83d23402ff5c7', 1, '\x012e4296db60d9e08f0a959f7ddcfc6bcccce43b7ca8ba647eaa44b2a4045a63a5add2d39143acc5ec6337159a', 1, NULL);
INSERT INTO public.recovery_code VALUES (36, 5, 1, 4, 6, '\xaf846467b80fef286ba29cadb21aec2cb8fbfc1f6636ca7bcf5d65b6cfe2f092', 1, '\x01eb96885fbbef60210dca710d1a20c293e3e3e6566c49d98414fe0ea88c5cbd88bff45cb2bba46eeb7c7453d4', 1, NULL);
INSERT INTO public.recovery_code VALUES (37, 5, 1, 4, 7, '\xa0ce7adb9a15f60e2d3d996bf403007543c91c5ce5d742388b32bbdd6582a441', 1, '\x01902f734ecb86851b295d6c88d0e7ce591a8e384128d1a81a1b54c16516b506c52cb8a4feed0ece5fc0390fd0', 1, NULL);
INSERT INTO public.recovery_code VALUES (38, 5, 1, 4, 8, '\xec1e4c43d714c814e155fc4d03dcf1d88eb40c6534231d152b7f90365cd84448', 1, '\x011568c034e0b334e40a2f3bd76abdee30addb330e711e49a884abc55b16cfdeff08088d364d5e7cd5945fee99', 1, NULL);
INSERT INTO public.recovery_code VALUES (39, 5, 1, 4, 9, '\xad053b4138eb0604aa72d19b768dbbdd3cdaac0b058e65aa5d6cdddf0354c448', 1, '\x01b74c5dc3ab36f7052e55d720ac2ea8f55be8be0ac6a61061eea0d3cd58a91fa090fe5bc272f8114691f2bdc9', 1, NULL);
INSERT INTO public.recovery_code VALUES (40, 5, 1, 4, 10, '\x02d41a36ce50d5414c9f98e57256c77c59bdc9e9a5683a7af84484648fa0baff', 1, '\x01c7b734ebed95c235072cd7174f76df1676e79b129aba87f3d71b7bcc72c7a097144468333ad81d8db58c48f4', 1, NULL);
INSERT INTO public.recovery_code_set VALUES (1, 'ec518a9d-cacc-442d-835d-ebdf025f8338', 1, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 1, '2026-05-04 09:30:00+00', NULL, NULL, 10, 6, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (2, '352c544d-57ae-4fbb-99bd-e71c9f38cb94', 2, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 4, NULL, NULL, NULL, 10, 6, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (3, '4b04c94d-b170-4d61-a476-9261e36ae3b6', 4, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 5, '2026-05-04 09:30:00+00', NULL, NULL, 10, 8, 0, NULL, 'viewable', NULL);
INSERT INTO public.recovery_code_set VALUES (4, 'be4185c0-f1bd-4929-95f7-3f807837007d', 5, 1, 1, 'sparekey', '2026-05-04 09:30:00+00', 6, '2026-05-04 09:30:00+00', NULL, NULL, 10, 5, 0, NULL, 'viewable', NULL);
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
INSERT INTO public.session VALUES (1, '73c80b52-62d9-4aa0-93b9-011e8f312068', 1, 1, '\x36fc43d7ff230502aefa9f5fc1737bfa9d7c71b01a434e5ba6396a6d59590c3a', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10', NULL);
INSERT INTO public.session VALUES (2, '8efa02dd-f517-4033-b8c1-32742dbb05b3', 1, 1, '\x351aff8e91654a12a27f7c7071db74433d7ee6c9858ca87d68a150f348fadc02', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20', NULL);
INSERT INTO public.session VALUES (3, 'be88b0f8-0a29-484c-9757-03c43a665e79', 1, 1, '\x2206ac58092b2d022ff630c5b19df5c510ed56ea863bc595f7a3f4bb90bac1fe', 'portal', 'ordinary', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'recovery_code', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Chrome on Windows', '198.51.100.20', NULL);
INSERT INTO public.session VALUES (4, 'f4d04cbe-f507-49c5-9f4c-4c36692a3ce1', 2, 1, '\xfe57774cb1628b52dbc66d131e74a1444c1a491e3f6628bd341688bfce74dd1f', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10', NULL);
INSERT INTO public.session VALUES (5, '879e2c8d-538e-4aa0-80f0-511aa2f8ac17', 4, 1, '\x9da110cd4d9209ec3bc265c1386c12facc662bcd1c9e0b1572d53d99f9f2e091', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10', NULL);
INSERT INTO public.session VALUES (6, '79c622ad-ce42-4897-81ad-517dfc73fd99', 5, 1, '\xbbb7aa6e91b72a61b2ab0be6df4a13ab3c03f2b39fec270da737866dff11f7ee', 'portal', 'ordinary', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', '2026-05-04 21:30:00+00', 'totp', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00', 0, NULL, 'Firefox on Linux', '192.0.2.10', NULL);
INSERT INTO public.sign_in VALUES (6, '2b1ad14e-54c1-444a-8f93-9a167c934854', 4, 1, '\x4c9d197255a3541642ecc8445e7497b0e87ddf232eac260444ea9e455ac507a6', 'portal', '2026-05-04 09:30:00+00', '2026-05-04 09:45:00+00', NULL, 'Chrome on Windows', '198.51.100.20');
INSERT INTO public.signing_key VALUES (1, 1, 'jwk-live-1f954c51-8169-40ff-a74c-881ae60cef29', '\x012298e7a97580c924675d00581da3b6108ac4f3082907106724c9935104e0d5e6ead392d804c9ede72df60941a0b318b71b7ab787be85fb930b679580cc37fd734b8415f29cb218705a3df57b0c889c8f15f21ff88302fed3164ad4e07109e19713a45b2b1ad8571c85d51af2becef9c16f7b97bf315229739e045858433e1da1b9168b88e8a2d586941e6050722eb1bf1b2795863a9d4ca390cc678f8a4d16cbedefebcddf47ffc9bed299bbe302771ebf244a89ac1c5276f8a32dc39e72a29d8ea08b1624475a609ed6dc802453ef268f284cf604f57d0f16364c352c463a95c3acd482d22d73b083f427b8e8d964f5249ee1836d24aa084f9fab673e1ce8b4a2e857535fba25347501992d18ccb544f3ff30ff79de79a5375173b21223d6f48aa65d3c3dc228bc4ba91ce79fd32ca36b0f438bebbb8ee2d8112684c3d1d8f42de882b383bca9bf7ae285de9e32b0853c711a09622306d780264d8cb94637f85b26afd0de86c082d5696f6f3e8cc9cd4811069f7b9b1fd540c393a3b3dab25505252475a86cb549f7ea0fc4190e98976d36f68fe94c984bbcc07b55bdfcf41a8fea7d58c50b94f53c028480f0aff5fa7074c573c527cd70a5360a2c003541e567ee611033727d58f32593257115cf827827a34d6c26b0b52c2af13f96134a55f09439cccade528a544f79a6cb86266c81f25e1a4a51ad2a5eedc32809b45df95c053130a9be1bde779e41b9e09d6693289fce8f02f531dc6dd5cb999804a1ac5fedca3e2b7d7601220547ba9f2af379661807925d6718b82ab9eb3f1b161da2f9f4341f9e980c64a570da957adc1e74cf1c80ed9ebeeda602f06799a85d570dc0dad1830e9853036c7514032d52bf34ba9aeeb4edc7c69c1f476e5152e17ae1cba0b7ab6be271ade85cbb6f92c00ab60ffb79a07ced996adf850589808afc26efae262125e62759715f635a33b826ab184962594087a178da5476db23bb8a905adfd73656a892e9543682f9fb41211659538448f95e43b30f6f85803dd3c2f2296c68ed15e96b9098d38793f31e937832aa586f0a678300fdc7e6d031e452e4bfda444af75d8b3aa61edfa8d145c24d22cce6c1e79499dcaaf08152cb065fae40f03d550969ef9ea5fc58e9d63bff879b47067f9efa751ccfe4a9795cc7144fcd46585a83efb23633e7a3eb386ef399366c51950f41ed15107fb20fb07e318a0ddff1025673acfcedd62b8b9f4d0afbb681bec7c42e13a0748494fe40d645d14bf125d0db96c86bf4a39a149362a6e3c30a7e5223aeb56067b6ffdce230c9323384cd8c6db613142289c47c4d634680ee67f848f3e5d3cf9c0dd08fe9ac8a13901c408df17c195ca54f12b80893b22d56ca3e00343416622ba330bf0308b738b693d18ece20c8c0cdc71c5ac5e22db700af761f35afa03d7ef4e8de243732daffb7c57923c411e1d332bc59268287c5a487a3865905f1a37baa28e09974c582afb29a2d206f7f63a455af20612572cbc20bf4f1118e60ec43dd8627d6a7c64189fa559bca4c35c281ba11fa4ee3fd4bd676da558b660c815d609651f06ca43452e19e29043c916baf3d5c71d29a45ce09d4bc9d19fdcb29f6427fe8d26ae5c158bd1d107051b82fe8c34ddd9270e4ed59dc9e029ab3b3165187b5c40be85a91d269a9fd8e3368ea60bafc8fc746adb1c7fc2fc7254738ddcf9968b00aa5fcde2465557f6b6c07bc3773226d17c9a188ebf183f53a5210b2736e8e22e6eb', 1, '{"kty": "RSA", "use": "sig", "key_ops": ["verify"], "alg": "RS256", "kid": "jwk-live-1f954c51-8169-40ff-a74c-881ae60cef29", "x5c": ["MIIC/DCCAeSgAwIBAgIUQREcMDaQkdSEa0HHoLPiGpzyaxwwDQYJKoZIhvcNAQELBQAwODE2MDQGA1UEAwwtandrLWxpdmUtMWY5NTRjNTEtODE2OS00MGZmLWE3NGMtODgxYWU2MGNlZjI5MB4XDTI2MDUwNDA5MzAwMFoXDTM2MDUwMTA5MzAwMFowODE2MDQGA1UEAwwtandrLWxpdmUtMWY5NTRjNTEtODE2OS00MGZmLWE3NGMtODgxYWU2MGNlZjI5MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr1J9VZ14AVB9pZfXDOL5DIoiH/7YQUCFvR6X2FIVM6rBPWFlOddMVyQABfuoGNmcNrqF4YIZgBVaqHgBHpy5ygPYlFlYNOmZ/WE2vzmoYMnC+xL0ON1j/9wMgzR/xBQkmlmp1WozUIhfr7Yq0/8IQ8Lt4rADZ7Fld4XUAY9hv7Rss+mgbJSoxTsm/W4/t3BDXvfaNpmipN88uLaLTKL93HtEXkqdKZqYhCoiqIZq5nt83BBJ7xdn4Z7LGAe9mL5HSVLWXL+Z9HyGFikKwf7BpJBwUZB6gcCku8KLr46BPd4h/rANArzuCVW9sPd8hZ3zQ60kfPFDzvV3XK/G2LY3iQIDAQABMA0GCSqGSIb3DQEBCwUAA4IBAQCXdn/sn0y5wnsELJSPgO+nRgg1sXO9JvNNbkHykBtSXAqAbdyW7M7sitaw7RBqPOn27E+Lq3yKPZBcEWS8y6WYJdsm68lzQaqAnG6oOkAg8sPk3HBxtweSr9+EIw4Gwt/mT8RaX20iqEdmgIgHD6sLlQuTWey1bLt+1+9ZEe3uCgdocGt+u5YT4hE5UZQ2LMrY7z68A2xCDiN6nqrf0kZ6BVqxJXGMPVDs6dyIeRN7qS/+Aepq6nJXx5WmgxsZ9CVujA15FiBvVcmrsp4faXywyIz64D6UPoktz2IySLjDc7XqiaGPbZG1FnWSftQoa9t92X5R5GdMzSeiGNuqZmig"], "x5t#S256": "P56Hk-vt2rwv-lrXnZdAZAwNJ9PcqI_IcBm4fKNBQjA", "n": "r1J9VZ14AVB9pZfXDOL5DIoiH_7YQUCFvR6X2FIVM6rBPWFlOddMVyQABfuoGNmcNrqF4YIZgBVaqHgBHpy5ygPYlFlYNOmZ_WE2vzmoYMnC-xL0ON1j_9wMgzR_xBQkmlmp1WozUIhfr7Yq0_8IQ8Lt4rADZ7Fld4XUAY9hv7Rss-mgbJSoxTsm_W4_t3BDXvfaNpmipN88uLaLTKL93HtEXkqdKZqYhCoiqIZq5nt83BBJ7xdn4Z7LGAe9mL5HSVLWXL-Z9HyGFikKwf7BpJBwUZB6gcCku8KLr46BPd4h_rANArzuCVW9sPd8hZ3zQ60kfPFDzvV3XK_G2LY3iQ", "e": "AQAB"}', '2026-05-04 09:30:00+00', '2026-05-04 09:30:00+00');
SELECT pg_catalog.setval('public.authenticator_id_seq', 4, true);
SELECT pg_catalog.setval('public.door_id_seq', 1, true);
SELECT pg_catalog.setval('public.enrolment_id_seq', 4, true);
SELECT pg_catalog.setval('public.enrolment_pass_id_seq', 1, false);
SELECT pg_catalog.setval('public.event_id_seq', 46, true);
SELECT pg_catalog.setval('public.invitation_id_seq', 1, false);
SELECT pg_catalog.setval('public.known_browser_id_seq', 6, true);
SELECT pg_catalog.setval('public.member_id_seq', 5, true);
SELECT pg_catalog.setval('public.organization_id_seq', 1, true);
SELECT pg_catalog.setval('public.password_link_id_seq', 1, false);
SELECT pg_catalog.setval('public.project_id_seq', 1, true);
SELECT pg_catalog.setval('public.project_profile_id_seq', 1, false);
SELECT pg_catalog.setval('public.project_secret_id_seq', 1, true);
SELECT pg_catalog.setval('public.project_user_id_seq', 3, true);
SELECT pg_catalog.setval('public.recovery_code_id_seq', 40, true);
SELECT pg_catalog.setval('public.recovery_code_set_id_seq', 4, true);
SELECT pg_catalog.setval('public.second_factor_failure_id_seq', 10, true);
SELECT pg_catalog.setval('public.session_factor_id_seq', 1, false);
SELECT pg_catalog.setval('public.session_id_seq', 6, true);
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
ALTER TABLE ONLY public.project_user
    ADD CONSTRAINT uq_project_user_project_id_external_id UNIQUE (project_id, external_id);
ALTER TABLE ONLY public.project_user
    ADD CONSTRAINT uq_project_user_project_id_member_id UNIQUE (project_id, member_id);
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
