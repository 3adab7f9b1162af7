-- Schema version 2: 议事 and 定事 — matters on the pool, meetings, votes, decisions, public notice.

-- Before the meeting ---------------------------------------------------------------------------------------------------------------

CREATE TABLE agenda_item (              -- 议题: a matter that waits to be deliberated, or was
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  number     TEXT,                          -- 'YT-20261124-003'
  title      TEXT,
  body       TEXT,
  proposer   TEXT,                          -- as written
  urgency    TEXT,                          -- codes urgency
  property   INTEGER,                       -- 1: a matter of common property: double majority of households and area
  state      TEXT,                          -- codes agenda_state: pool scheduled passed failed withdrawn merged
  meeting_id INTEGER,                       -- -> meeting: where it is scheduled, or was settled
  merged_id  INTEGER,                       -- -> agenda_item it was merged into
  split_id   INTEGER,                       -- -> agenda_item it was split from
  at         INTEGER,                       -- since when it waits
  settled_at INTEGER,
  withdrawn_why TEXT,                       -- why it is no longer wanted, where state is withdrawn
  account_id INTEGER,                       -- -> account
  grid_id    INTEGER,                       -- -> grid
  supporters INTEGER NOT NULL DEFAULT 0,    -- derived: 附议 of its issues
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT,
  -- the smaller the more pressing: urgency, then 附议, then since when it waits (an instant takes 41 bits until the year 2039)
  rank       INTEGER GENERATED ALWAYS AS ((CASE urgency WHEN 'emergency' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END << 54)
                                          | ((4095 - min(supporters, 4095)) << 42) | coalesce(at, 0)) VIRTUAL
) STRICT;
CREATE INDEX agenda_item_state ON agenda_item (state, at, id);
CREATE INDEX agenda_item_at ON agenda_item (at, id);
CREATE INDEX agenda_item_number ON agenda_item (number, id);
CREATE INDEX agenda_item_rank ON agenda_item (rank, id);
CREATE INDEX agenda_item_supporters ON agenda_item (supporters, id);
CREATE INDEX agenda_item_meeting ON agenda_item (meeting_id);

CREATE TABLE agenda_issue (             -- which issues a 议题 stands for: several after merging, none for a question of the office itself
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  agenda_item_id INTEGER,                   -- -> agenda_item
  issue_id   INTEGER,                       -- -> issue
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX agenda_issue_item ON agenda_issue (agenda_item_id);
CREATE INDEX agenda_issue_issue ON agenda_issue (issue_id);

CREATE TABLE interest (                 -- 利害关系方 of a 议题
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  agenda_item_id INTEGER,                   -- -> agenda_item
  resident_id INTEGER,                      -- -> resident; NULL: a body, or somebody not on file
  name       TEXT,
  category   TEXT,                          -- codes attendee_category
  stake      TEXT,                          -- what it is about for them
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX interest_item ON interest (agenda_item_id);

CREATE TABLE alternative (              -- 备选方案 of a 议题
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  agenda_item_id INTEGER,                   -- -> agenda_item
  position   INTEGER,                       -- 1, 2 …
  text       TEXT,
  cost_fen   INTEGER,
  households INTEGER,                       -- that gain
  objection  TEXT,                          -- what speaks against it
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX alternative_item ON alternative (agenda_item_id, position);

CREATE TABLE meeting (                  -- 议事会
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  number     TEXT,                          -- 'YS-20261124-01'
  title      TEXT,
  kind       TEXT,                          -- codes meeting_kind
  level      TEXT,                          -- codes meeting_level
  day        INTEGER,
  begin_min  INTEGER,                       -- minutes since midnight
  end_min    INTEGER,
  place      TEXT,
  host       TEXT,                          -- 主持人, as written
  recorder_id INTEGER,                      -- -> account who keeps the record
  basis      TEXT,                          -- codes meeting_basis: why it was called
  announced_day INTEGER,
  expected   INTEGER,                       -- 应到; NULL: as many as are invited
  quorum     TEXT,                          -- section of config/quorum.ini that counts
  status     TEXT,                          -- codes meeting_status: draft announced running ended confirmed cancelled
  begun_at   INTEGER, ended_at INTEGER,
  cancelled_why TEXT,                       -- why it did not take place
  minutes    TEXT,                          -- 纪要
  confirmed_at INTEGER,
  confirmed_by INTEGER,                     -- -> account
  grid_id    INTEGER,                       -- -> grid
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX meeting_day ON meeting (day, id);
CREATE INDEX meeting_number ON meeting (number, id);
CREATE INDEX meeting_status ON meeting (status, day, id);

CREATE TABLE attendee (                 -- 参会人: invited, signed in, or both
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  meeting_id INTEGER,                       -- -> meeting
  resident_id INTEGER,                      -- -> resident
  name       TEXT,
  category   TEXT,                          -- codes attendee_category
  represents TEXT,                          -- 代表谁
  invited    INTEGER NOT NULL DEFAULT 1,    -- 0: came without being called
  present_at INTEGER,                       -- signed in; NULL: not here
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX attendee_meeting ON attendee (meeting_id, resident_id);
CREATE INDEX attendee_resident ON attendee (resident_id);

CREATE TABLE agenda_slot (              -- a 议题's place on the agenda of one meeting, and what became of it there
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  meeting_id INTEGER,                       -- -> meeting
  agenda_item_id INTEGER,                   -- -> agenda_item
  position   INTEGER,                       -- 1, 2 …
  length_min INTEGER,                       -- minutes that are planned
  begun_at   INTEGER,
  outcome    TEXT,                          -- codes slot_outcome: passed failed deferred unreached; NULL: open
  at         INTEGER,                       -- of the outcome
  note       TEXT,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX agenda_slot_meeting ON agenda_slot (meeting_id, position);
CREATE INDEX agenda_slot_item ON agenda_slot (agenda_item_id);

-- In the meeting -------------------------------------------------------------------------------------------------------------------

CREATE TABLE recusal (                  -- 回避: one person, one item
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  agenda_slot_id INTEGER,                   -- -> agenda_slot
  attendee_id INTEGER,                      -- -> attendee
  reason     TEXT,
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX recusal_slot ON recusal (agenda_slot_id);

CREATE TABLE opinion (                  -- 意见
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  agenda_slot_id INTEGER,                   -- -> agenda_slot
  attendee_id INTEGER,                      -- -> attendee
  stance     TEXT,                          -- codes stance
  text       TEXT,
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX opinion_slot ON opinion (agenda_slot_id, at);

CREATE TABLE ballot (                   -- 表决 on one alternative, or on the item itself
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  agenda_slot_id INTEGER,                   -- -> agenda_slot
  alternative_id INTEGER,                   -- -> alternative; NULL: the item as it stands
  way        TEXT,                          -- codes ballot_way: hand paper inquiry
  rule       TEXT,                          -- codes ballot_rule: majority twothirds all double
  for_n      INTEGER, against_n INTEGER, abstain_n INTEGER,
  recused_n  INTEGER,                       -- as recorded when it was counted
  invalid_n  INTEGER,                       -- void papers
  present_n  INTEGER,                       -- 实到 when it was counted; households asked for an inquiry
  all_households INTEGER, for_households INTEGER, against_households INTEGER, abstain_households INTEGER,     -- double majority: of the building or estate
  all_area   INTEGER, for_area INTEGER, against_area INTEGER, abstain_area INTEGER,     -- whole m2
  teller     TEXT,
  supervisor TEXT,
  result     TEXT,                          -- codes ballot_result: passed failed; by the rule, never typed
  at         INTEGER,
  account_id INTEGER,                       -- -> account who kept it
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX ballot_slot ON ballot (agenda_slot_id);

CREATE TABLE amendment (                -- what was put right in confirmed minutes; append only
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  meeting_id INTEGER,                       -- -> meeting
  text       TEXT,
  reason     TEXT,
  at         INTEGER,
  account_id INTEGER                        -- -> account
) STRICT;
CREATE INDEX amendment_meeting ON amendment (meeting_id, at);

-- 定事 ------------------------------------------------------------------------------------------------------------------------------

CREATE TABLE decision (                 -- 决议
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  number     TEXT,                          -- 'JY-20261124-01'
  agenda_item_id INTEGER,                   -- -> agenda_item
  meeting_id INTEGER,                       -- -> meeting
  text       TEXT,
  party      TEXT,                          -- responsible one of the five, codes party
  owner_id   INTEGER,                       -- -> account
  owner_name TEXT,                          -- where the owner has no account
  cost_fen   INTEGER,
  source     TEXT,                          -- codes fund_source
  effective_day INTEGER,
  no_action  TEXT,                          -- why nothing is to be done; NULL: there are tasks
  state      TEXT,                          -- codes decision_state: draft submitted approved returned
  author_id  INTEGER,                       -- -> account
  at         INTEGER,
  submitted_at INTEGER,
  approved_by INTEGER,                      -- -> account, never author_id
  approved_at INTEGER,
  approved_note TEXT,
  acted_at   INTEGER,                       -- since when it is carried out: its issues went on to 办事
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX decision_item ON decision (agenda_item_id);
CREATE INDEX decision_meeting ON decision (meeting_id);
CREATE INDEX decision_state ON decision (state, at, id);
CREATE INDEX decision_at ON decision (at, id);
CREATE INDEX decision_number ON decision (number, id);

CREATE TABLE decision_partner (         -- 协同方: who helps, what was promised, by when
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  decision_id INTEGER,                      -- -> decision
  party      TEXT,                          -- codes party
  name       TEXT,
  promise    TEXT,
  promised_day INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX decision_partner_decision ON decision_partner (decision_id);

CREATE TABLE decision_task (            -- 任务 that the decision yields; becomes an action when its issues go on to 办事
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  decision_id INTEGER,                      -- -> decision
  title      TEXT,
  party      TEXT,                          -- codes party
  owner_id   INTEGER,                       -- -> account
  owner_name TEXT,
  due_day    INTEGER,
  action_id  INTEGER,                       -- -> action it became
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX decision_task_decision ON decision_task (decision_id);

CREATE TABLE notice (                   -- 公示 of a decision
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  decision_id INTEGER,                      -- -> decision
  from_day   INTEGER, to_day INTEGER,
  place      TEXT,
  note       TEXT,
  account_id INTEGER,                       -- -> account
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX notice_decision ON notice (decision_id);
CREATE INDEX notice_to ON notice (to_day, id);

CREATE TABLE objection (                -- 异议 while a decision is on notice; one that is open stops 办事
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  notice_id  INTEGER,                       -- -> notice
  resident_id INTEGER,                      -- -> resident
  name       TEXT,
  phone      TEXT,                          -- sensitive
  text       TEXT,
  at         INTEGER,
  state      TEXT,                          -- codes objection_state: open upheld dismissed withdrawn
  handling   TEXT,
  handled_at INTEGER,
  handled_by INTEGER,                       -- -> account
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX objection_notice ON objection (notice_id);
CREATE INDEX objection_state ON objection (state, id);

-- What the head's screen asks of issues: each index holds what may be amiss, or all columns that a sum reads ------------------------------
-- Queries repeat the conditions word by word (src/domain/deliberation/review_checks.c).

CREATE INDEX issue_outcome ON issue (raised_at, status, phase, phase_at, closed_at, due_day, closing, satisfaction, reopened, grid_id, category)
  WHERE deleted_at IS NULL;
CREATE INDEX issue_judged ON issue (raised_at, reporter_kind, phase_at, id)
  WHERE status = 'closed' AND phase IN ('act', 'evaluate') AND coalesce(closing, '') NOT IN ('withdrawn', 'duplicate', 'refused')
    AND deleted_at IS NULL;
CREATE INDEX issue_untriaged ON issue (raised_at, id)
  WHERE accepted_at IS NULL AND phase IN ('deliberate', 'decide', 'act', 'evaluate') AND deleted_at IS NULL;
CREATE INDEX phase_met ON phase (issue_id, opened_at, phase) WHERE phase IN ('deliberate', 'decide');
CREATE INDEX phase_act ON phase (issue_id, opened_at) WHERE phase = 'act';
CREATE INDEX evaluation_reporter ON evaluation (issue_id, at) WHERE rater = 'reporter';
CREATE INDEX action_unfinished ON action (issue_id, due_day) WHERE status IN ('todo', 'doing', 'blocked') AND deleted_at IS NULL;
CREATE INDEX action_silent ON action (issue_id) WHERE status = 'done' AND coalesce(result, '') = '' AND deleted_at IS NULL;

INSERT INTO journaled (tbl, derived, groups) VALUES
  ('agenda_item',  'supporters', 'state meeting_id merged_id settled_at withdrawn_why; deleted_at deleted_by deleted_why'),
  ('agenda_issue', '', 'deleted_at deleted_by deleted_why'),
  ('interest',     '', 'resident_id name; deleted_at deleted_by deleted_why'),
  ('alternative',  '', 'deleted_at deleted_by deleted_why'),
  ('meeting',      '', 'status begun_at ended_at cancelled_why; confirmed_at confirmed_by; day begin_min end_min; deleted_at deleted_by deleted_why'),
  ('attendee',     '', 'resident_id name; deleted_at deleted_by deleted_why'),
  ('agenda_slot',  '', 'outcome at; deleted_at deleted_by deleted_why'),
  ('recusal',      '', 'deleted_at deleted_by deleted_why'),
  ('opinion',      '', 'deleted_at deleted_by deleted_why'),
  ('ballot',       '', 'for_n against_n abstain_n recused_n invalid_n present_n all_households for_households against_households abstain_households all_area for_area against_area abstain_area result; deleted_at deleted_by deleted_why'),
  ('amendment',    '', ''),
  ('decision',     '', 'state submitted_at approved_by approved_at; deleted_at deleted_by deleted_why'),
  ('decision_partner', '', 'deleted_at deleted_by deleted_why'),
  ('decision_task', '', 'deleted_at deleted_by deleted_why'),
  ('notice',       '', 'from_day to_day; deleted_at deleted_by deleted_why'),
  ('objection',    '', 'state handled_at handled_by; deleted_at deleted_by deleted_why');
