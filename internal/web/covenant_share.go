package web

import "github.com/thidua/thidua/internal/domain/covenant"

// shareNote says what a target of the covenant carries of the movement's.
type shareNote struct {
	Text  string
	Short bool
}

func (s *Server) covenantShares(q *Req, view *covenantView, targets []covenant.Target) (map[string][]shareNote, error) {
	return nil, nil
}
