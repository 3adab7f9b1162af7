-- Schema version 3: volunteers and rosters — who can, who does, the hours that were served, and whom to ask when hands are short.

-- Whose account it is ------------------------------------------------------------------------------------------------------------------
-- Nobody approves what he served himself: that is a matter of people, not of accounts. The comment stands inside: SQLite keeps it with the column.

ALTER TABLE account ADD COLUMN resident_id  -- -> resident, whose account it is; NULL: not known, then the name is all that is compared
  INTEGER;
CREATE INDEX account_resident ON account (resident_id);

-- Who can ------------------------------------------------------------------------------------------------------------------------------

CREATE TABLE volunteer (                -- 志愿者, 友邻使者
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  number     TEXT,                          -- 'ZY-0001'
  outside_number TEXT,                      -- of 志愿汇 or 志愿浙江
  resident_id INTEGER,                      -- -> resident; NULL: lives elsewhere
  name       TEXT,
  sex        TEXT,                          -- codes sex
  born_day   INTEGER,
  id_number  BLOB,                          -- sealed; for the certificate
  phone      TEXT,
  emergency_name TEXT,
  emergency_phone TEXT,
  services   TEXT,                          -- codes service, blank-separated: wanted
  skills     TEXT,                          -- codes skill
  transport  TEXT,                          -- codes transport
  load_meals INTEGER,                       -- carried at once
  grid_id    INTEGER,                       -- -> grid: at home there; further ones in volunteer_grid
  weekly_shifts INTEGER,                    -- at most; NULL: the office's setting
  weekly_minutes INTEGER,                   -- at most; NULL: the office's setting
  commitment TEXT,                          -- codes commitment: temporary fixed
  agreement  TEXT,                          -- version that was signed
  agreement_day INTEGER,
  insurance  TEXT,                          -- policy number
  insurance_from_day INTEGER,
  insurance_to_day INTEGER,
  source     TEXT,                          -- codes volunteer_source: how they came
  introducer TEXT,
  may_call   INTEGER,                       -- 1: consents to be asked by telephone when hands are short
  status     TEXT,                          -- codes volunteer_status: applied vetted training active away stopped
  status_day INTEGER,
  status_why TEXT,
  joined_day INTEGER,                       -- first active
  left_day   INTEGER,                       -- stopped
  note       TEXT,
  name_pinyin TEXT, name_initials TEXT, phone_tail TEXT,   -- derived
  id_hash    BLOB,                          -- derived: keyed hash of id_number, to find it again
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX volunteer_name ON volunteer (name_pinyin, id);
CREATE INDEX volunteer_number ON volunteer (number, id);
CREATE INDEX volunteer_number_length ON volunteer (length(number), number);      -- the greatest of them: number_next_ever()
CREATE INDEX volunteer_status ON volunteer (status, id);
CREATE INDEX volunteer_grid_home ON volunteer (grid_id, id);
CREATE INDEX volunteer_resident ON volunteer (resident_id);
CREATE INDEX volunteer_phone ON volunteer (phone);
CREATE INDEX volunteer_outside ON volunteer (outside_number);
CREATE INDEX volunteer_id_hash ON volunteer (id_hash);

CREATE TABLE volunteer_grid (           -- where else somebody serves
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  volunteer_id INTEGER,                     -- -> volunteer
  grid_id    INTEGER,                       -- -> grid
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX volunteer_grid_volunteer ON volunteer_grid (volunteer_id);

CREATE TABLE qualification (            -- 证书; one that has expired counts no more
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  volunteer_id INTEGER,                     -- -> volunteer
  kind       TEXT,                          -- codes qualification_kind
  number     TEXT,
  issuer     TEXT,
  issued_day INTEGER,
  expires_day INTEGER,                      -- last day on which it counts; NULL: does not expire
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX qualification_volunteer ON qualification (volunteer_id);
CREATE INDEX qualification_expires ON qualification (expires_day, id);

CREATE TABLE apart (                    -- two who are not put on the same shift
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  volunteer_id INTEGER,                     -- -> volunteer
  other_id   INTEGER,                       -- -> volunteer
  why        TEXT,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX apart_volunteer ON apart (volunteer_id);
CREATE INDEX apart_other ON apart (other_id);

CREATE TABLE availability (             -- 可服务时段 of every week; times of one weekday and one stretch of days do not overlap
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  volunteer_id INTEGER,                     -- -> volunteer
  weekday    TEXT,                          -- codes weekday: 1 Monday … 7
  begin_min  INTEGER,
  end_min    INTEGER,
  degree     TEXT,                          -- codes availability_degree: willing can unwilling cannot
  from_day   INTEGER,                       -- NULL: always
  to_day     INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX availability_volunteer ON availability (volunteer_id, weekday, begin_min);

CREATE TABLE absence (                  -- 请假 of a volunteer, whole days
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  volunteer_id INTEGER,                     -- -> volunteer
  from_day   INTEGER,
  to_day     INTEGER,
  why        TEXT,
  account_id INTEGER,                       -- -> account
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX absence_volunteer ON absence (volunteer_id, to_day);
CREATE INDEX absence_day ON absence (to_day, from_day);

-- What is needed -----------------------------------------------------------------------------------------------------------------------

CREATE TABLE shift_template (           -- 班次模板: what makes the week
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  service    TEXT,                          -- codes service
  title      TEXT,
  weekdays   TEXT,                          -- codes weekday, blank-separated
  begin_min  INTEGER,
  end_min    INTEGER,
  place      TEXT,
  grid_id    INTEGER,                       -- -> grid; NULL: the whole community
  flexible   INTEGER,                       -- 1: within these hours, whenever it suits
  on_holidays INTEGER,                      -- 1: also on days off
  from_day   INTEGER,
  to_day     INTEGER,
  note       TEXT,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX shift_template_service ON shift_template (service, begin_min, id);

CREATE TABLE shift (                    -- 班次
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  template_id INTEGER,                      -- -> shift_template; NULL: an extra one
  service    TEXT,                          -- codes service
  title      TEXT,
  day        INTEGER,
  begin_min  INTEGER,
  end_min    INTEGER,                       -- after begin_min, on the same day
  place      TEXT,
  grid_id    INTEGER,                       -- -> grid
  flexible   INTEGER,
  state      TEXT,                          -- codes shift_state: draft published cancelled
  cancelled_why TEXT,
  needed     INTEGER,                       -- hands that were really needed, known afterwards; NULL: as planned
  note       TEXT,
  account_id INTEGER,                       -- -> account
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX shift_day ON shift (day, begin_min, id);
CREATE INDEX shift_template_day ON shift (template_id, day);
CREATE INDEX shift_service ON shift (service, day, id);

CREATE TABLE shift_need (               -- how many of which kind a template or a shift wants; one of the two parents
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  template_id INTEGER,                      -- -> shift_template
  shift_id   INTEGER,                       -- -> shift
  position   INTEGER,
  role       TEXT,                          -- codes shift_role: leader hand driver …
  skill      TEXT,                          -- codes skill; NULL: none
  qualification TEXT,                       -- codes qualification_kind beyond what the service asks for; NULL: none
  headcount  INTEGER,                       -- 1 …
  priority   INTEGER,                       -- 1 … 3, 3 first
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX shift_need_shift ON shift_need (shift_id, position);
CREATE INDEX shift_need_template ON shift_need (template_id, position);

-- Who does -----------------------------------------------------------------------------------------------------------------------------

CREATE TABLE assignment (               -- 派班
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  shift_id   INTEGER,                       -- -> shift
  need_id    INTEGER,                       -- -> shift_need
  volunteer_id INTEGER,                     -- -> volunteer
  way        TEXT,                          -- codes assignment_way: offered assigned fixed planned
  state      TEXT,                          -- codes assignment_state: planned confirmed cancelled
  pinned     INTEGER,                       -- 1: a plan does not touch it
  override_why TEXT,                        -- why a conflict was passed over
  replaces_id INTEGER,                      -- -> assignment that this one stands in for
  cancelled_why TEXT,
  confirmed_at INTEGER,
  account_id INTEGER,                       -- -> account
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX assignment_shift ON assignment (shift_id);
CREATE INDEX assignment_volunteer ON assignment (volunteer_id, shift_id);

CREATE TABLE attendance (               -- 到岗签到 and the minutes that follow from it; without an assignment: work that was done beside the roster
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  assignment_id INTEGER,                    -- -> assignment
  volunteer_id INTEGER,                     -- -> volunteer
  shift_id   INTEGER,                       -- -> shift
  service    TEXT,                          -- codes service
  content    TEXT,                          -- what was done, for the certificate
  day        INTEGER,
  result     TEXT,                          -- codes attendance_result: present late absent excused
  begin_min  INTEGER,                       -- came
  end_min    INTEGER,                       -- left
  minutes    INTEGER,                       -- served, without the way there
  difference_why TEXT,                      -- why they differ from the shift's
  approved_minutes INTEGER,
  approved_by INTEGER,                      -- -> account: never whoever served
  approved_at INTEGER,
  rating     INTEGER,                       -- 1 … 5
  praise     TEXT,
  account_id INTEGER,                       -- -> account
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX attendance_assignment ON attendance (assignment_id);
CREATE INDEX attendance_volunteer ON attendance (volunteer_id, day, id);
CREATE INDEX attendance_day ON attendance (day, id);
CREATE INDEX attendance_shown ON attendance (day, deleted_at, result);     -- who came and who did not, a year at once
CREATE INDEX attendance_shift ON attendance (shift_id);
CREATE INDEX attendance_unapproved ON attendance (day, id) WHERE approved_at IS NULL AND result IN ('present', 'late') AND deleted_at IS NULL;

CREATE TABLE service_proof (            -- 志愿服务记录证明 that was issued
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  number     TEXT,                          -- 'ZM-20261124-01'
  volunteer_id INTEGER,                     -- -> volunteer
  from_day   INTEGER,
  to_day     INTEGER,
  minutes    INTEGER,                       -- approved in that time, when it was issued
  purpose    TEXT,
  responsible TEXT,
  handler    TEXT,
  contact    TEXT,
  issued_day INTEGER,
  voided_why TEXT,
  account_id INTEGER,                       -- -> account
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX service_proof_volunteer ON service_proof (volunteer_id, issued_day);
CREATE INDEX service_proof_number ON service_proof (number, id);

CREATE TABLE point_entry (              -- 积分: double entry; the entries of a move add up to zero
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  move_id    INTEGER,                       -- its first entry
  volunteer_id INTEGER,                     -- -> volunteer; NULL: the office
  points     INTEGER,
  kind       TEXT,                          -- codes point_kind: earned spent expired corrected
  attendance_id INTEGER,                    -- -> attendance it was earned by
  expires_day INTEGER,
  note       TEXT,
  account_id INTEGER,                       -- -> account
  at         INTEGER
) STRICT;
CREATE INDEX point_entry_volunteer ON point_entry (volunteer_id, at);
CREATE INDEX point_entry_move ON point_entry (move_id);
CREATE INDEX point_entry_attendance ON point_entry (attendance_id);

-- Whom to ask --------------------------------------------------------------------------------------------------------------------------

CREATE TABLE call (                     -- somebody was asked to fill a gap
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  shift_id   INTEGER,                       -- -> shift
  need_id    INTEGER,                       -- -> shift_need
  volunteer_id INTEGER,                     -- -> volunteer
  outcome    TEXT,                          -- codes call_outcome: yes no later unreached
  note       TEXT,
  account_id INTEGER,                       -- -> account
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX call_shift ON call (shift_id, at);
CREATE INDEX call_volunteer ON call (volunteer_id, at);

INSERT INTO journaled (tbl, derived, groups) VALUES
  ('volunteer',      'name_pinyin name_initials phone_tail id_hash', 'status status_day status_why joined_day left_day; resident_id name; insurance insurance_from_day insurance_to_day; agreement agreement_day; deleted_at deleted_by deleted_why'),
  ('volunteer_grid', '', 'deleted_at deleted_by deleted_why'),
  ('qualification',  '', 'number issued_day expires_day; deleted_at deleted_by deleted_why'),
  ('apart',          '', 'deleted_at deleted_by deleted_why'),
  ('availability',   '', 'weekday begin_min end_min degree from_day to_day; deleted_at deleted_by deleted_why'),
  ('absence',        '', 'from_day to_day; deleted_at deleted_by deleted_why'),
  ('shift_template', '', 'begin_min end_min; from_day to_day; deleted_at deleted_by deleted_why'),
  ('shift',          '', 'day begin_min end_min; state cancelled_why; deleted_at deleted_by deleted_why'),
  ('shift_need',     '', 'deleted_at deleted_by deleted_why'),
  ('assignment',     '', 'state cancelled_why confirmed_at; deleted_at deleted_by deleted_why'),
  ('attendance',     '', 'result begin_min end_min minutes difference_why; approved_minutes approved_by approved_at; deleted_at deleted_by deleted_why'),
  ('service_proof',  '', 'deleted_at deleted_by deleted_why'),
  ('point_entry',    '', ''),
  ('call',           '', 'deleted_at deleted_by deleted_why');
