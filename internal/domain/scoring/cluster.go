package scoring

// cluster is what the units of a cluster share while they are scored: the
// values, and what rules gathered from them. It does not change afterwards.
type cluster struct {
	units  []Unit
	values []UnitValues // of the units, in their order
	shared []any        // by the index of the criterion
	peers  []*peers     // by the index of the criterion
}

// comparison are the cells of one criterion, of every unit.
type comparison struct {
	units []Unit // the units whose cells are in asks
	asks  []*ask // cells that apply, in the order of the units; a rule leaves out those that are incomplete or wrong
}

// compare gathers, for every criterion that compares units, what its rule needs
// of all of them. Units whose cells are wrong are told of at their own turn.
func (k *checker) compare(units []Unit, values Values) *cluster {
	cl := &cluster{units: units, values: make([]UnitValues, len(units)), shared: make([]any, len(k.plans)), peers: make([]*peers, len(k.plans))}
	for i, u := range units {
		cl.values[i] = values[u.ID]
	}
	for _, p := range k.plans {
		if p.broken || p.rule == nil {
			continue
		}
		if p.c.NA == Peers {
			cl.peers[p.index] = p.gatherPeers(cl)
		}
		if p.comparing != nil {
			c := &comparison{}
			for i, unit := range cl.values {
				if in := unit[p.c.ID]; !marked(in) {
					c.units = append(c.units, units[i])
					c.asks = append(c.asks, &ask{c: p.c, max: p.max, in: in, cluster: true})
				}
			}
			cl.shared[p.index] = p.comparing.gather(c)
		}
	}
	return cl
}
