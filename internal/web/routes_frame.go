package web

// frameRoutes belong to no noun.
var frameRoutes = []route{
	{"GET /{$}", Public, (*Server).home, 0},
	{"GET " + homePath, SignedIn, (*Server).homeShow, 0}, // the tasks' room takes this line over
	{"POST /giao-dien", Public, (*Server).preferenceSet, 0},
}
