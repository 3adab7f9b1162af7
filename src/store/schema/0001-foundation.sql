-- 0001: what every office needs: this copy of the database, the journal, places and people, accounts, issues and their six steps.
--
-- Conventions (README, "The data"):
--   id        64-bit, unique over all sites (site << 32 | counter) or derived from a natural key; never shown, never reused
--   rev       counts saves of a row, guards against lost updates; local, not journaled
--   deleted_* a mark: deleting never removes a row
--   *_day     days since 1970-01-01, local        *_at   milliseconds since 1970-01-01 UTC
--   *_fen     money in 分                          *_m    metres in the community's own grid, east and north of its office
--   codes X   values of the code list X (forms/codes.ini)
-- Synchronized tables carry no UNIQUE, no REFERENCES and no NOT NULL without DEFAULT: a merge may bring a child before its parent.
-- `youlin check` verifies the references that are written here as "-> table"; "-> [column]" names the column that names the table.

-- This copy, and the journal -----------------------------------------------------------------------------------------------------

CREATE TABLE self (                     -- this copy of the database; exactly one row; local
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  site       INTEGER NOT NULL CHECK (site BETWEEN 1 AND 2147483647),   -- random; a copy or a restored backup takes a new one
  desk       TEXT    NOT NULL DEFAULT '',   -- letter in people's numbers where an office has several sites: '', 'A', 'B', …
  hlc        INTEGER NOT NULL,              -- last hybrid clock issued: ms << 16 | counter
  no         INTEGER NOT NULL,              -- last transaction number of this site, gapless
  hash       BLOB    NOT NULL CHECK (length(hash) = 32),   -- head of this site's chain
  machine    BLOB    NOT NULL,              -- hash of machine id, device and inode: notices a copied file
  next_id    INTEGER NOT NULL,              -- counter of the next record id
  key_check  BLOB    NOT NULL,              -- keyed hash of a constant: notices another office's key file
  clock_at   INTEGER NOT NULL DEFAULT 0,    -- last wall clock that was trusted, by a write or by an administrator; 0: none yet
  demo       INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1))   -- 1: made by `youlin demo`; the known demo passwords are allowed here only
) STRICT;

CREATE TABLE journaled (                -- which tables are synchronized, and how their triggers are made; read by the generator
  tbl        TEXT PRIMARY KEY,              -- rows stand in the order in which derived columns follow from each other
  derived    TEXT NOT NULL DEFAULT '',      -- blank-separated columns that are computed here (view derived_TBL) and never journaled
  groups     TEXT NOT NULL DEFAULT ''       -- columns that make sense only together: 'a b c; d e'
) STRICT;

CREATE TABLE journal (                  -- audit trail = undo = sync log; append only (triggers refuse update and delete)
  lsn        INTEGER PRIMARY KEY,           -- local order of arrival: the export's cursor
  site       INTEGER NOT NULL,              -- origin
  no         INTEGER NOT NULL,              -- its gapless transaction number
  k          INTEGER NOT NULL,              -- index in the transaction
  n          INTEGER NOT NULL DEFAULT 0,    -- count of ops of the transaction, on its last op
  hlc        INTEGER NOT NULL,              -- ms since 1970 << 16 | counter
  actor      INTEGER,                       -- account, NULL for the program itself
  verb       TEXT,                          -- use case: 'issue.triage'
  schema     INTEGER NOT NULL,              -- writer's schema version
  tbl        TEXT    NOT NULL,
  id         INTEGER NOT NULL,
  op         TEXT    NOT NULL CHECK (op IN ('I', 'U', 'D', 'R', 'E', 'M')),  -- insert update delete restore erase merge-duplicate
  new        TEXT,                          -- JSON object of the changed columns
  old        TEXT,
  salt       BLOB,                          -- per op: an erased value can't be guessed from its hash
  hash       BLOB                           -- chain hash, on the last op of a transaction
) STRICT;
CREATE INDEX journal_record ON journal (tbl, id, hlc);
CREATE INDEX journal_transaction ON journal (site, no, k);
CREATE INDEX journal_actor ON journal (actor, lsn) WHERE n > 0;    -- one entry a transaction: what somebody did last

CREATE TABLE extra (                    -- values of fields that an office added itself ([field x.…]); id derived from (tbl, record_id, name)
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  tbl        TEXT,
  record_id  INTEGER,                       -- -> [tbl]
  name       TEXT,                          -- 'x.wifi'
  value      TEXT                           -- in the form that field_parse() takes; NULL: none
) STRICT;
CREATE INDEX extra_record ON extra (tbl, record_id);

-- Places and people --------------------------------------------------------------------------------------------------------------

CREATE TABLE community (                -- one row; id derived from code
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  code       TEXT,                          -- 12 digits, 统计用区划代码
  name       TEXT,
  street     TEXT,
  kind       TEXT,                          -- codes community_kind: urban rural mixed fringe
  abbr       TEXT,                          -- letters before people's numbers: 'DH'
  head_name  TEXT,
  phone      TEXT,                          -- the office's own
  address    TEXT,
  area_m2    INTEGER
) STRICT;

CREATE TABLE grid (                     -- 网格 and 微网格
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  code       TEXT,                          -- '03', '03-2'
  name       TEXT,
  kind       TEXT NOT NULL DEFAULT 'grid',  -- codes grid_kind: grid micro special
  parent_id  INTEGER,                       -- -> grid, of a micro grid
  leader     TEXT,                          -- 网格长
  worker_id  INTEGER,                       -- -> account, 网格员
  phone      TEXT,
  from_day   INTEGER,
  until_day  INTEGER,
  note       TEXT,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX grid_code ON grid (code, id);

CREATE TABLE estate (                   -- 小区 / 自然村
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  name       TEXT,
  kind       TEXT NOT NULL DEFAULT 'estate',   -- codes estate_kind
  address    TEXT,
  built_year INTEGER,
  property_company TEXT,
  x_m        INTEGER, y_m INTEGER,
  note       TEXT,
  name_pinyin TEXT,                         -- derived
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX estate_pinyin ON estate (name_pinyin, id);

CREATE TABLE building (                 -- 楼栋
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  estate_id  INTEGER,                       -- -> estate
  number     TEXT,                          -- '3' of 3幢
  name       TEXT,                          -- '3幢'
  units      INTEGER,                       -- 单元
  floors     INTEGER,
  lift       INTEGER,                       -- 0 or 1
  microgrid_id INTEGER,                     -- -> grid
  point      TEXT,                          -- 友邻点
  entry_note TEXT,                          -- how to get in
  door_code  TEXT,                          -- sensitive
  x_m        INTEGER, y_m INTEGER,
  place_text TEXT,                          -- derived: '西林小区3幢'
  place_pinyin TEXT,                        -- derived
  grid_id    INTEGER,                       -- derived: the micro grid's parent -> grid
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX building_estate ON building (estate_id, number);
CREATE INDEX building_place ON building (place_pinyin, id);
CREATE INDEX building_microgrid ON building (microgrid_id);

CREATE TABLE household (                -- 户
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  number     TEXT,                          -- 户号
  building_id INTEGER,                      -- -> building
  unit       TEXT,                          -- '2'
  floor      INTEGER,
  room       TEXT,                          -- '501'
  tenure     TEXT,                          -- codes tenure
  registration TEXT,                        -- codes registration
  head_id    INTEGER,                       -- -> resident
  visited_day INTEGER,                      -- last visit
  note       TEXT,
  address_key TEXT,                         -- derived: '3-2-501'
  address_text TEXT,                        -- derived: '西林小区3幢2单元501室'; sensitive
  grid_id    INTEGER,                       -- derived -> grid
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX household_building ON household (building_id, unit, room);
CREATE INDEX household_address ON household (address_key, id);
CREATE INDEX household_text ON household (address_text, id);

CREATE TABLE resident (                 -- 居民
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  household_id INTEGER,                     -- -> household
  name       TEXT,
  sex        TEXT,                          -- GB/T 2261.1: codes sex 0 1 2 9
  born_day   INTEGER,
  id_kind    TEXT,                          -- codes id_kind
  id_number  BLOB,                          -- sealed; sensitive
  phone      TEXT,                          -- sensitive
  phone_note TEXT,
  phone2     TEXT,                          -- sensitive
  phone2_note TEXT,
  relation   TEXT,                          -- to the head of the household, GB/T 4761, codes relation
  presence   TEXT,                          -- 人户状态, codes presence
  kind       TEXT,                          -- 户籍 流动 新居民, codes resident_kind
  politics   TEXT,                          -- codes politics
  ethnic     TEXT,
  marriage   TEXT,                          -- codes marriage
  employer   TEXT,
  care_tags  TEXT,                          -- blank-separated, codes care_tag
  care_level TEXT,                          -- 自理能力 GB/T 42195-2022, codes care_level
  visit_level TEXT,                         -- codes visit_level
  health_note BLOB,                         -- sealed; sensitive
  emergency_name TEXT,
  emergency_relation TEXT,
  emergency_phone TEXT,                     -- sensitive
  emergency_key INTEGER,                    -- has a key: 0 or 1
  consent_day INTEGER,                      -- consented to processing (个人信息保护法) on
  consent_note TEXT,
  note       TEXT,                          -- dog, hearing, how long to knock
  status     TEXT NOT NULL DEFAULT 'present',   -- codes resident_status: present moved dead
  merged_into INTEGER,                      -- -> resident, where this record was a duplicate
  name_pinyin TEXT,                         -- derived: 'wang xiu ying'
  name_initials TEXT,                       -- derived: 'wxy'
  phone_tail TEXT,                          -- derived: digits of phone, reversed
  id_hash    BLOB,                          -- derived: keyed hash of id_number, finds duplicates
  address_key TEXT,                         -- derived from the household: '3-2-501'
  grid_id    INTEGER,                       -- derived from the household -> grid
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX resident_household ON resident (household_id);
CREATE INDEX resident_pinyin ON resident (name_pinyin, id);
CREATE INDEX resident_initials ON resident (name_initials, id);
CREATE INDEX resident_name ON resident (name, id);
CREATE INDEX resident_phone ON resident (phone_tail, id);
CREATE INDEX resident_id_hash ON resident (id_hash);
CREATE INDEX resident_grid ON resident (grid_id, name_pinyin, id);
CREATE INDEX resident_address ON resident (address_key, id);
CREATE INDEX resident_born ON resident (born_day, id);
CREATE INDEX resident_merged ON resident (merged_into) WHERE merged_into IS NOT NULL;

-- Accounts, and what each of them keeps at this site ------------------------------------------------------------------------------

CREATE TABLE account (                  -- who may log in; the password is in credential, which never leaves this site
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  login      TEXT,                          -- [a-z][a-z0-9_-]{1,31}
  name       TEXT,                          -- as people call them
  role       TEXT,                          -- codes role: desk grid canteen project head admin
  grids      TEXT,                          -- blank-separated ids of the grids a grid worker owns; NULL: all
  disabled_at INTEGER,
  name_pinyin TEXT,                         -- derived
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX account_login ON account (login);

CREATE TABLE credential (               -- local
  account_id INTEGER PRIMARY KEY,           -- -> account
  hash       TEXT NOT NULL,                 -- argon2id, crypto_pwhash_str
  changed_at INTEGER NOT NULL,
  fails      INTEGER NOT NULL DEFAULT 0,    -- failures in a row, committed before hashing
  next_try_at INTEGER NOT NULL DEFAULT 0,
  last_ok_at INTEGER
) STRICT;

CREATE TABLE session (                  -- local: who has the program open
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  pid        INTEGER NOT NULL,
  tty        TEXT,
  began_at   INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT;

CREATE TABLE draft (                    -- local: what is being typed, before it is saved
  id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: a form that still has it on its screen must not meet another draft
  account_id INTEGER NOT NULL,
  form       TEXT    NOT NULL,              -- form name
  record_id  INTEGER NOT NULL DEFAULT 0,    -- 0: a new record
  context_id INTEGER NOT NULL DEFAULT 0,    -- the record it belongs to: an issue, for a step's form
  title      TEXT    NOT NULL DEFAULT '',   -- shown when it is offered again
  content    TEXT    NOT NULL,              -- JSON object: field → typed text
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_account ON draft (account_id, updated_at);

CREATE TABLE preference (               -- local: filters and orders kept for each account
  account_id INTEGER NOT NULL,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT;

CREATE TABLE reveal (                   -- who looked at an unmasked value; append only
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  account_id INTEGER,                       -- -> account
  tbl        TEXT,
  record_id  INTEGER,                       -- -> [tbl]
  field      TEXT,
  at         INTEGER
) STRICT;
CREATE INDEX reveal_record ON reveal (tbl, record_id);

-- Issues and the six steps ---------------------------------------------------------------------------------------------------------

CREATE TABLE issue (                    -- 事项
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  number     TEXT,                          -- 'DH-20261124-007'
  channel    TEXT,                          -- codes channel
  reporter_kind TEXT,                       -- codes reporter_kind: self behalf anonymous
  reporter_id INTEGER,                      -- -> resident
  reporter_name TEXT,                       -- as given; a resident's name at the time
  reporter_phone TEXT,                      -- sensitive
  behalf_name TEXT,                         -- who speaks for the reporter (代报人)
  behalf_phone TEXT,                        -- sensitive
  publicity  TEXT,                          -- codes publicity
  category   TEXT,                          -- codes category, two levels
  title      TEXT,
  body       TEXT,
  building_id INTEGER,                      -- -> building
  unit       TEXT, room TEXT,
  place_note TEXT,
  grid_id    INTEGER,                       -- -> grid
  households INTEGER,                       -- how many are affected
  urgency    TEXT,                          -- codes urgency
  danger     INTEGER,                       -- persons in danger: 0 or 1
  raised_at  INTEGER,
  raised_by  INTEGER,                       -- -> account
  accepted_at INTEGER,                      -- 受理
  handler_id INTEGER,                       -- -> account, who answers for it now
  party      TEXT,                          -- which of the five parties, codes party
  unit_in_charge TEXT,                      -- the body it was referred to, as written
  phase      TEXT,                          -- raise triage deliberate decide act evaluate
  status     TEXT,                          -- open held parked closed
  phase_at   INTEGER,                       -- since when in this phase
  closed_at  INTEGER,
  closing    TEXT,                          -- codes closing
  due_day    INTEGER,                       -- deadline, moved by suspensions and approved extensions
  due_rule   TEXT,                          -- which rule of deadlines.ini gave it
  joined_id  INTEGER,                       -- -> issue it was joined to (并案)
  reopened   INTEGER NOT NULL DEFAULT 0,    -- times sent back (重办)
  satisfaction TEXT,                        -- last answer, codes satisfaction
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX issue_raised ON issue (raised_at, id);
CREATE INDEX issue_number ON issue (number, id);
CREATE INDEX issue_phase ON issue (status, phase, due_day, id);
CREATE INDEX issue_due ON issue (due_day, id);
CREATE INDEX issue_grid ON issue (grid_id, raised_at, id);
CREATE INDEX issue_category ON issue (category, raised_at, id);
CREATE INDEX issue_building ON issue (building_id, raised_at);
CREATE INDEX issue_place ON issue (building_id, unit, room);
CREATE INDEX issue_reporter ON issue (reporter_id, raised_at);
CREATE INDEX issue_handler ON issue (handler_id, status, due_day);
CREATE INDEX issue_joined ON issue (joined_id);

CREATE TABLE phase (                    -- one pass of an issue through one of the six steps
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  issue_id   INTEGER,                       -- -> issue
  phase      TEXT,                          -- raise triage deliberate decide act evaluate
  round      INTEGER NOT NULL DEFAULT 1,    -- 2, 3 … after it was sent back
  opened_at  INTEGER,
  closed_at  INTEGER,
  closed_by  INTEGER,                       -- -> account
  due_day    INTEGER,                       -- of this step alone: 受理, 回访
  result     TEXT,                          -- codes phase_result: raised accept direct refer deliberate join refuse done …
  route      TEXT,                          -- 分流去向, codes route
  handler_id INTEGER,                       -- -> account
  party      TEXT,                          -- codes party
  unit_in_charge TEXT,
  promised_day INTEGER,                     -- when the other body wants to answer
  joined_id  INTEGER,                       -- -> issue it was joined to
  closing    TEXT,                          -- what the handler claims at 办结, codes closing
  reason     TEXT,
  text       TEXT,
  evidence   TEXT,
  answer_way TEXT,                          -- how the reporter was told, codes answer_way
  answered_at INTEGER
) STRICT;
CREATE INDEX phase_issue ON phase (issue_id, opened_at);

CREATE TABLE action (                   -- 办理任务
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  issue_id   INTEGER,                       -- -> issue
  round      INTEGER NOT NULL DEFAULT 1,
  at         INTEGER,                       -- when it was given
  title      TEXT,
  party      TEXT,                          -- codes party
  owner_id   INTEGER,                       -- -> account
  owner_name TEXT,                          -- where the owner has no account
  partner    TEXT,                          -- who helps, and what was promised
  promised_day INTEGER,                     -- the partner's promise
  start_day  INTEGER,
  due_day    INTEGER,
  status     TEXT NOT NULL DEFAULT 'todo',  -- codes action_status: todo doing blocked done cancelled
  progress   INTEGER NOT NULL DEFAULT 0,    -- per cent
  blocked_reason TEXT,
  evidence   TEXT,
  result     TEXT,
  done_at    INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX action_issue ON action (issue_id);
CREATE INDEX action_owner ON action (owner_id, status, due_day);

CREATE TABLE progress (                 -- what was done, note by note; append only
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  issue_id   INTEGER,                       -- -> issue
  action_id  INTEGER,                       -- -> action; NULL: about the issue as a whole
  at         INTEGER,
  account_id INTEGER,                       -- -> account
  text       TEXT,
  status     TEXT,                          -- the action's status from here on; NULL: unchanged
  progress   INTEGER
) STRICT;
CREATE INDEX progress_issue ON progress (issue_id, at);

CREATE TABLE evaluation (               -- 评价
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  issue_id   INTEGER,                       -- -> issue
  round      INTEGER NOT NULL DEFAULT 1,
  rater      TEXT,                          -- codes rater: reporter attendee beneficiary third handler
  satisfaction TEXT,                        -- codes satisfaction
  solved     INTEGER,                       -- 0 or 1
  closing    TEXT,                          -- what it closes the issue as, codes closing
  opinion    TEXT,
  answer_way TEXT,                          -- codes answer_way
  at         INTEGER,
  account_id INTEGER                        -- -> account who asked
) STRICT;
CREATE INDEX evaluation_issue ON evaluation (issue_id, at);

CREATE TABLE support (                  -- 附议: somebody else wants the same
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  issue_id   INTEGER,                       -- -> issue
  resident_id INTEGER,                      -- -> resident
  name       TEXT,
  phone      TEXT,                          -- sensitive
  note       TEXT,
  at         INTEGER,
  account_id INTEGER,                       -- -> account
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX support_issue ON support (issue_id);

CREATE TABLE suspension (               -- the clock stands: 挂起 (hold) or 搁置 (park)
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  issue_id   INTEGER,                       -- -> issue
  kind       TEXT,                          -- hold park
  reason     TEXT,                          -- codes hold_reason or park_reason
  note       TEXT,
  at         INTEGER,
  from_day   INTEGER,
  review_day INTEGER,                       -- looked at again on
  ended_day  INTEGER, ended_at INTEGER,
  ended_by   INTEGER,                       -- -> account
  missing_fen INTEGER,                      -- what is lacking
  source     TEXT,                          -- where the money might come from, codes fund_source
  account_id INTEGER                        -- -> account
) STRICT;
CREATE INDEX suspension_issue ON suspension (issue_id, from_day);
CREATE INDEX suspension_open ON suspension (ended_day, review_day);

CREATE TABLE extension (                -- 延期: asked by one, decided by another
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  issue_id   INTEGER,                       -- -> issue
  workdays   INTEGER,
  reason     TEXT,
  asked_by   INTEGER,                       -- -> account
  asked_at   INTEGER,
  state      TEXT,                          -- asked approved refused
  decided_by INTEGER,                       -- -> account, never asked_by
  decided_at INTEGER,
  decided_note TEXT,
  due_before_day INTEGER,
  due_after_day INTEGER
) STRICT;
CREATE INDEX extension_issue ON extension (issue_id);
CREATE INDEX extension_state ON extension (state);

-- What is synchronized -------------------------------------------------------------------------------------------------------------

INSERT INTO journaled (tbl, derived, groups) VALUES
  ('extra',      '', ''),
  ('community',  '', ''),
  ('grid',       '', 'deleted_at deleted_by deleted_why'),
  ('estate',     'name_pinyin', 'deleted_at deleted_by deleted_why; x_m y_m'),
  ('building',   'place_text place_pinyin grid_id', 'deleted_at deleted_by deleted_why; x_m y_m'),
  ('household',  'address_key address_text grid_id', 'deleted_at deleted_by deleted_why; building_id unit floor room'),
  ('resident',   'name_pinyin name_initials phone_tail id_hash address_key grid_id', 'deleted_at deleted_by deleted_why merged_into; id_kind id_number'),
  ('account',    'name_pinyin', 'deleted_at deleted_by deleted_why'),
  ('reveal',     '', ''),
  ('issue',      '', 'phase status phase_at closed_at closing; reporter_kind reporter_id reporter_name reporter_phone; building_id unit room grid_id; deleted_at deleted_by deleted_why'),
  ('phase',      '', 'closed_at closed_by result'),
  ('action',     '', 'status progress done_at; deleted_at deleted_by deleted_why'),
  ('progress',   '', ''),
  ('evaluation', '', ''),
  ('support',    '', 'deleted_at deleted_by deleted_why'),
  ('suspension', '', 'ended_day ended_at ended_by'),
  ('extension',  '', 'state decided_by decided_at due_after_day');
