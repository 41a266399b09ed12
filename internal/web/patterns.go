package web

// Patterns are the patterns of all routes, as http.ServeMux reads them. The
// end-to-end tests open every page by them and find the one that they forgot.
func Patterns() []string {
	var all []string
	for _, r := range routes() {
		all = append(all, r.pattern)
	}
	return all
}
