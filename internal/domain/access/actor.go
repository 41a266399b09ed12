// Package access decides who may do what. The catalogue of permissions is a
// table; Gate.Must decides an act on one record, at one time, from the actor's
// assignments, the memberships and terms of office of the record's cluster
// year. No other room tests a role.
package access

// Actor is who acts: an account, or the program itself.
type Actor struct {
	Account string   // id; empty for a visitor
	Name    string   // as the account is called, for traces
	Program bool     // the program itself: first set-up and upkeep only
	Scopes  []string // set for an API token: the permissions it is limited to; nil means all of the account's
}

// Visitor is a person who is not signed in.
var Visitor = Actor{}

// Program acts for the program itself.
var Program = Actor{Account: "program", Name: "Hệ thống", Program: true}

// SignedIn tells whether the actor is somebody.
func (a Actor) SignedIn() bool { return a.Account != "" }
