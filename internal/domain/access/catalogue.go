package access

// Permission names an act. Routes show it, services require it.
type Permission string

const (
	OrgManage     Permission = "org.manage"     // units, their names, parents, changes
	OrgRead       Permission = "org.read"       // the register of units
	AccountManage Permission = "account.manage" // accounts and their assignments
	MailManage    Permission = "mail.manage"    // outgoing mail: what became of it
	ClusterForm   Permission = "cluster.form"   // clusters of a year, members, terms of office
	ClusterRead   Permission = "cluster.read"   // the pages of a cluster's year
	ClusterMove   Permission = "cluster.move"   // the next state of the year
	ClusterBack   Permission = "cluster.back"   // an earlier state, with a reason
	ClusterPlan   Permission = "cluster.plan"   // the calendar of deadlines, reminders
	YearImport    Permission = "year.import"    // years of clusters with all their figures, from files

	MovementLaunch  Permission = "movement.launch"
	MovementRespond Permission = "movement.respond"

	DraftWrite   Permission = "draft.write"   // plan, regulation, criteria, covenant
	DraftComment Permission = "draft.comment" // on behalf of a member
	DraftAdopt   Permission = "draft.adopt"
	CovenantSign Permission = "covenant.sign" // for the own unit

	FigureReport  Permission = "figure.report" // for the own unit
	FigureEnter   Permission = "figure.enter"  // figures that other units of the year sent, from a file, each with its source
	IndicatorEdit Permission = "indicator.edit"

	SheetEdit      Permission = "sheet.edit"
	ScoreSelf      Permission = "score.self"      // the own unit
	ScoreCheck     Permission = "score.check"     // the unit one is assigned to
	ScoreAgree     Permission = "score.agree"     // the cluster's agreed score
	ScoreOrganise  Permission = "score.organise"  // rounds, checkers, locks
	ScoreRead      Permission = "score.read"      // scores within the cluster
	ScoreExplain   Permission = "score.explain"   // for the own unit
	ScoreAppraise  Permission = "score.appraise"  // the standing body's round
	EvidenceAttach Permission = "evidence.attach" // for the own unit

	MeetingRun  Permission = "meeting.run"
	MeetingRead Permission = "meeting.read"
	VoteCount   Permission = "vote.count" // a teller's count of a vote on paper

	AwardPropose Permission = "award.propose"
	AwardDecide  Permission = "award.decide"
	RuleEdit     Permission = "rule.edit"

	DocumentIssue Permission = "document.issue"
	Publish       Permission = "portal.publish"
	LedgerRead    Permission = "ledger.read"
)

// Ground is a reason for which an act is allowed.
type Ground string

const (
	byAnyone        Ground = "anyone"        // signed in
	byAdministrator Ground = "administrator" // assigned as administrator
	byStanding      Ground = "standing"      // officer of the standing body of the record's organiser, or of any organiser where the record names none
	byLeader        Ground = "leader"        // officer or head of the unit that leads the record's cluster year today
	byDeputy        Ground = "deputy"
	byMember        Ground = "member"  // officer or head of a member of the record's cluster year
	byOwnUnit       Ground = "own"     // officer or head of the record's unit
	byHead          Ground = "head"    // head of the record's unit
	byChecker       Ground = "checker" // officer or head of the unit assigned to check the record's unit
	byTeller        Ground = "teller"  // for a unit that the meeting named to count the record's poll
	byAuditor       Ground = "auditor"
	byCouncil       Ground = "council"
)

// catalogue is the whole of who may do what. The leader's rights are those of
// the unit that holds the term of office on the day, and end with it.
var catalogue = map[Permission][]Ground{
	OrgManage:     {byAdministrator, byStanding},
	OrgRead:       {byAnyone},
	AccountManage: {byAdministrator, byStanding},
	MailManage:    {byAdministrator},
	ClusterForm:   {byStanding},
	ClusterRead:   {byMember, byStanding, byAdministrator, byAuditor, byCouncil},
	ClusterMove:   {byLeader, byStanding},
	ClusterBack:   {byStanding},
	ClusterPlan:   {byLeader, byDeputy, byStanding},
	YearImport:    {byStanding},

	MovementLaunch:  {byStanding},
	MovementRespond: {byOwnUnit},

	DraftWrite:   {byLeader, byDeputy},
	DraftComment: {byOwnUnit},
	DraftAdopt:   {byLeader, byDeputy},
	CovenantSign: {byHead},

	FigureReport:  {byOwnUnit},
	FigureEnter:   {byLeader, byDeputy, byStanding},
	IndicatorEdit: {byStanding, byLeader},

	SheetEdit:      {byLeader, byDeputy, byStanding},
	ScoreSelf:      {byOwnUnit},
	ScoreCheck:     {byChecker},
	ScoreAgree:     {byLeader, byDeputy},
	ScoreOrganise:  {byLeader, byDeputy, byStanding},
	ScoreRead:      {byMember, byStanding, byAuditor, byCouncil},
	ScoreExplain:   {byOwnUnit},
	ScoreAppraise:  {byStanding},
	EvidenceAttach: {byOwnUnit},

	MeetingRun:  {byLeader, byDeputy, byStanding},
	MeetingRead: {byMember, byStanding, byAuditor, byCouncil},
	VoteCount:   {byTeller},

	AwardPropose: {byLeader, byDeputy},
	AwardDecide:  {byStanding},
	RuleEdit:     {byStanding},

	DocumentIssue: {byLeader, byDeputy}, // on the leader's letterhead and number
	Publish:       {byStanding},
	LedgerRead:    {byAdministrator, byStanding, byAuditor, byMember},
}

// Permissions lists the catalogue, for tokens and for the page that explains rights.
func Permissions() []Permission {
	all := make([]Permission, 0, len(catalogue))
	for p := range catalogue {
		all = append(all, p)
	}
	return all
}
