-- Schema version 4: the elder canteen — who eats, what is cooked, who carries it to whom, what happened at the door, and who pays.

-- Who eats -----------------------------------------------------------------------------------------------------------------------------

CREATE TABLE diner (                    -- 就餐老人
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  number     TEXT,                          -- 'JC-0001'
  resident_id INTEGER,                      -- -> resident; name, telephone and address are the resident's
  status     TEXT,                          -- codes diner_status: applied active paused stopped quiet deceased
  status_day INTEGER,
  status_why TEXT,
  subsidy_class TEXT,                       -- codes subsidy_class; NULL: by age alone
  subsidy_from_day INTEGER,                 -- since when; NULL: always
  subsidy_class_before TEXT,                -- codes subsidy_class: what held before that day
  payer      TEXT,                          -- codes payer: self child unit charity
  payer_name TEXT,
  payment    TEXT,                          -- codes payment: cash card ticket account scan
  way        TEXT,                          -- codes meal_way: dine_in pickup delivery
  entitled_why TEXT,                        -- codes delivery_ground: why meals are brought
  entitled_to_day INTEGER,                  -- last day; NULL: until further notice
  line       INTEGER,                       -- 1 …: the fixed route; NULL: none
  line_position INTEGER,                    -- place in it
  volunteer_id INTEGER,                     -- -> volunteer who always carries
  window_begin_min INTEGER,                 -- when it suits; NULL: any time
  window_end_min INTEGER,
  wait_min   INTEGER,                       -- knock and wait so long; NULL: the office's setting
  may_leave  INTEGER,                       -- 1: may be left at the door
  stand_in   TEXT,                          -- who takes it in otherwise
  stand_in_phone TEXT,                      -- sensitive
  key_holder TEXT,
  key_phone  TEXT,                          -- sensitive
  diets      TEXT,                          -- codes diet, blank-separated
  allergens  TEXT,                          -- codes allergen, blank-separated
  avoids     TEXT,                          -- ingredients in words, blank-separated
  door_note  TEXT,                          -- for the carrier
  note       TEXT,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX diner_number ON diner (number, id);
CREATE INDEX diner_number_length ON diner (length(number), number);
CREATE INDEX diner_resident ON diner (resident_id);
CREATE INDEX diner_status ON diner (status, id);
CREATE INDEX diner_line ON diner (line, line_position);
CREATE INDEX diner_volunteer ON diner (volunteer_id);

CREATE TABLE diner_block (              -- a volunteer who does not go to this diner
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  diner_id   INTEGER,                       -- -> diner
  volunteer_id INTEGER,                     -- -> volunteer
  why        TEXT,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX diner_block_diner ON diner_block (diner_id);
CREATE INDEX diner_block_volunteer ON diner_block (volunteer_id);

CREATE TABLE meal_plan (                -- 用餐计划: what is ordered by itself
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  diner_id   INTEGER,                       -- -> diner
  weekdays   TEXT,                          -- codes weekday, blank-separated
  meal       TEXT,                          -- codes meal: breakfast lunch dinner
  portions   INTEGER,                       -- 1 …
  size       TEXT,                          -- codes portion_size: normal large soft
  way        TEXT,                          -- codes meal_way; NULL: the diner's
  from_day   INTEGER,                       -- NULL: always
  to_day     INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX meal_plan_diner ON meal_plan (diner_id, meal);

CREATE TABLE meal_pause (               -- 暂停: from and to always together; both days without meals
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  diner_id   INTEGER,                       -- -> diner
  from_day   INTEGER,
  to_day     INTEGER,
  reason     TEXT,                          -- codes pause_reason: hospital away family other
  why        TEXT,
  account_id INTEGER,                       -- -> account
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX meal_pause_diner ON meal_pause (diner_id, from_day);
CREATE INDEX meal_pause_day ON meal_pause (to_day, from_day);

-- What is cooked -----------------------------------------------------------------------------------------------------------------------

CREATE TABLE dish (                     -- 菜品
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  name       TEXT,
  ingredients TEXT,                         -- in words, blank-separated
  allergens  TEXT,                          -- codes allergen
  unfit      TEXT,                          -- codes diet that it does not suit
  name_pinyin TEXT, name_initials TEXT,     -- derived
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX dish_name ON dish (name_pinyin, id);

CREATE TABLE menu (                     -- 菜单 of one meal; id derived from day and meal
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  day        INTEGER,
  meal       TEXT,                          -- codes meal
  price_fen  INTEGER,                       -- of one portion
  sample_at  INTEGER,                       -- 留样: when it was put aside, kept 48 hours
  sample_by  TEXT,
  sample_note TEXT,
  note       TEXT,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX menu_day ON menu (day, meal);

CREATE TABLE menu_dish (
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  menu_id    INTEGER,                       -- -> menu
  dish_id    INTEGER,                       -- -> dish
  position   INTEGER,
  instead_of_id INTEGER,                    -- -> dish of this menu that it stands in for where that clashes
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX menu_dish_menu ON menu_dish (menu_id, position);
CREATE INDEX menu_dish_dish ON menu_dish (dish_id);

-- What is ordered ----------------------------------------------------------------------------------------------------------------------

CREATE TABLE meal_order (               -- 订餐: one of a diner, a day and a meal; id derived from them; cancelled, never deleted
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  diner_id   INTEGER,                       -- -> diner
  day        INTEGER,
  meal       TEXT,                          -- codes meal
  portions   INTEGER,
  size       TEXT,                          -- codes portion_size
  way        TEXT,                          -- codes meal_way
  source     TEXT,                          -- codes order_source: plan typed
  state      TEXT,                          -- codes order_state: ordered cancelled
  changed    INTEGER,                       -- 1: portions, size or way were set by hand: plans leave them
  lapsed     INTEGER,                       -- 1: cancelled because no plan holds that day: ordered again when one does
  why        TEXT,                          -- why after the cut-off, why cancelled, why not brought
  account_id INTEGER,                       -- -> account
  at         INTEGER,
  outcome    TEXT,                          -- codes outcome: s1 … f0; NULL: 未回报
  outcome_at INTEGER,
  condition  TEXT,                          -- codes diner_condition: how the diner was
  outcome_note TEXT,
  outcome_volunteer_id INTEGER,             -- -> volunteer who was at the door
  outcome_by INTEGER,                       -- -> account
  outcome_why TEXT,                         -- why it was corrected after its day
  price_fen  INTEGER, subsidy_fen INTEGER, charity_fen INTEGER, own_fen INTEGER, fee_fen INTEGER  -- of all its portions, as reckoned when it was priced
) STRICT;
CREATE INDEX meal_order_day ON meal_order (day, meal, id);
CREATE INDEX meal_order_diner ON meal_order (diner_id, day, meal);
CREATE INDEX meal_order_month ON meal_order (day, state, meal, diner_id, outcome, portions, way);      -- a month is settled from the index alone
CREATE INDEX meal_order_unreported ON meal_order (day, meal, id) WHERE outcome IS NULL AND state = 'ordered';

-- Who carries it -----------------------------------------------------------------------------------------------------------------------

CREATE TABLE route (                    -- 送餐线路 of one meal: a carrier's way
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  day        INTEGER,
  meal       TEXT,                          -- codes meal
  line       INTEGER,                       -- number on the sheet, 1 …; that of the fixed route where it is one
  volunteer_id INTEGER,                     -- -> volunteer; NULL: nobody yet
  assignment_id INTEGER,                    -- -> assignment: the carrier's shift
  transport  TEXT,                          -- codes transport
  load_meals INTEGER,
  leave_min  INTEGER,                       -- planned
  left_at    INTEGER,
  back_at    INTEGER,
  state      TEXT,                          -- codes route_state: draft confirmed out back closed
  merged_into_id INTEGER,                   -- -> route that took its stops over
  note       TEXT,
  account_id INTEGER,                       -- -> account
  at         INTEGER,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX route_day ON route (day, meal, line);
CREATE INDEX route_volunteer ON route (volunteer_id, day);

CREATE TABLE stop (                     -- 站点: one order on a route; id derived from the order, so that no order is on two
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  order_id   INTEGER,                       -- -> meal_order
  route_id   INTEGER,                       -- -> route
  position   INTEGER,                       -- 1 …
  arrive_min INTEGER,                       -- planned
  pinned     INTEGER,                       -- 1: a plan leaves it where it is
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX stop_route ON stop (route_id, position);
CREATE INDEX stop_order ON stop (order_id);

-- What happened at the door --------------------------------------------------------------------------------------------------------------

CREATE TABLE welfare_check (            -- 关爱核查
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  diner_id   INTEGER,                       -- -> diner
  order_id   INTEGER,                       -- -> meal_order
  cause      TEXT,                          -- codes welfare_cause: s4 f1 f6 missed
  opened_at  INTEGER,
  rung       INTEGER,                       -- 1 … 5: where it stands
  rung_at    INTEGER,                       -- since when: [welfare] says how long it has
  taken_by   INTEGER,                       -- -> account who sees to it: the bell is quiet; NULL: nobody yet
  taken_at   INTEGER,
  state      TEXT,                          -- codes welfare_state: open closed
  conclusion TEXT,                          -- codes welfare_conclusion
  note       TEXT,
  closed_at  INTEGER,
  closed_by  INTEGER,                       -- -> account
  account_id INTEGER,                       -- -> account
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX welfare_check_open ON welfare_check (opened_at, id) WHERE state = 'open';
CREATE INDEX welfare_check_closed ON welfare_check (closed_at, id) WHERE state = 'closed';
CREATE INDEX welfare_check_diner ON welfare_check (diner_id, opened_at);
CREATE INDEX welfare_check_order ON welfare_check (order_id);

CREATE TABLE welfare_step (             -- one try on a rung
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  check_id   INTEGER,                       -- -> welfare_check
  rung       INTEGER,                       -- codes welfare_rung: 1 knock 2 call 3 neighbour 4 visit 5 emergency
  at         INTEGER,
  person     TEXT,                          -- who did it
  result     TEXT,                          -- codes welfare_result: answered unanswered passed_on
  note       TEXT,
  account_id INTEGER                        -- -> account
) STRICT;
CREATE INDEX welfare_step_check ON welfare_step (check_id, at);

CREATE TABLE meal_close (               -- a meal whose day is closed; id derived from day and meal
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  day        INTEGER,
  meal       TEXT,                          -- codes meal
  closed_at  INTEGER,
  account_id INTEGER,                       -- -> account
  note       TEXT,
  deleted_at INTEGER, deleted_by INTEGER, deleted_why TEXT
) STRICT;
CREATE INDEX meal_close_day ON meal_close (day, meal);

-- Who pays -------------------------------------------------------------------------------------------------------------------------------

CREATE TABLE settlement (               -- 结算 of a month that was closed; id derived from the month
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  month_day  INTEGER,                       -- its first day
  closed_at  INTEGER,
  account_id INTEGER,                       -- -> account
  note       TEXT
) STRICT;
CREATE INDEX settlement_month ON settlement (month_day);

CREATE TABLE settlement_entry (         -- what an order adds to a month; a correction is the difference, in the month that was open then
  id         INTEGER PRIMARY KEY,
  rev        INTEGER NOT NULL DEFAULT 1,
  settlement_id INTEGER,                    -- -> settlement
  order_id   INTEGER,                       -- -> meal_order
  diner_id   INTEGER,                       -- -> diner
  day        INTEGER,                       -- the order's
  meal       TEXT,                          -- codes meal
  outcome    TEXT,                          -- codes outcome, as it was
  payer      TEXT,                          -- codes payer, as it was
  subsidy_class TEXT,                       -- codes subsidy_class: the rule's
  rule       TEXT,                          -- section of config/subsidies.ini; NULL: none
  rule_label TEXT, rule_version TEXT,       -- as they were
  correction INTEGER,                       -- 1: of an order that an earlier month had
  meals      INTEGER,
  price_fen  INTEGER, subsidy_fen INTEGER, charity_fen INTEGER, own_fen INTEGER, fee_fen INTEGER
) STRICT;
CREATE INDEX settlement_entry_month ON settlement_entry (settlement_id, diner_id);
CREATE INDEX settlement_entry_day ON settlement_entry (day, order_id, diner_id, meal, outcome, payer, subsidy_class, rule, rule_label, rule_version, meals,
  price_fen, subsidy_fen, charity_fen, own_fen, fee_fen);      -- compared with what a month comes to today, from the index alone

INSERT INTO journaled (tbl, derived, groups) VALUES
  ('diner',         '', 'status status_day status_why; subsidy_class subsidy_from_day subsidy_class_before; line line_position; window_begin_min window_end_min; deleted_at deleted_by deleted_why'),
  ('diner_block',   '', 'deleted_at deleted_by deleted_why'),
  ('meal_plan',     '', 'from_day to_day; deleted_at deleted_by deleted_why'),
  ('meal_pause',    '', 'from_day to_day; deleted_at deleted_by deleted_why'),
  ('dish',          'name_pinyin name_initials', 'deleted_at deleted_by deleted_why'),
  ('menu',          '', 'sample_at sample_by sample_note; deleted_at deleted_by deleted_why'),
  ('menu_dish',     '', 'deleted_at deleted_by deleted_why'),
  ('meal_order',    '', 'portions size way changed; state why lapsed; outcome outcome_at condition outcome_note outcome_volunteer_id outcome_by outcome_why; price_fen subsidy_fen charity_fen own_fen fee_fen'),
  ('route',         '', 'volunteer_id assignment_id transport load_meals; deleted_at deleted_by deleted_why'),
  ('stop',          '', 'route_id position; deleted_at deleted_by deleted_why'),
  ('welfare_check', '', 'rung rung_at; taken_by taken_at; state conclusion closed_at closed_by; deleted_at deleted_by deleted_why'),
  ('welfare_step',  '', ''),
  ('meal_close',    '', 'deleted_at deleted_by deleted_why'),
  ('settlement',    '', ''),
  ('settlement_entry', '', '');
