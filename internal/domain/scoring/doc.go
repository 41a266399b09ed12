// Package scoring turns a scoring sheet and what the units report into points
// with reasons.
//
// Everything is exact: inputs are decimals as they were typed, rules calculate
// with rationals, and a value is rounded once, half away from zero, where the
// sheet says (each criterion, or only the total). Every number carries the
// calculation that made it. The rules come from real regulations; domain.md §3
// gives the sources.
//
// A sheet that breaks its own rules, and an input that is missing or outside
// its range, is a Problem that names the criterion, the unit and what to do;
// all of them are found at once.
//
// The package is pure: no clock, no database, no context. A rule is one file:
// a struct that binds its parameters, checks them and scores a cell, and a
// register call that makes its kind known.
package scoring
