package scoring

// cluster is what the units of a cluster share while they are scored: the
// values, and what rules gathered from them. It does not change afterwards.
type cluster struct {
	units  []Unit
	values []UnitValues // of the units, in their order
	found  int          // how many have values
	shared []any        // by the index of the criterion
	peers  []*peers     // by the index of the criterion
}

// comparison are the cells of one criterion, of every unit.
type comparison struct {
	units []Unit // the units whose cells are in asks
	room  []ask
	asks  []*ask // cells that apply, in the order of the units; a rule leaves out those that are incomplete or wrong
}

// compare gathers, for every criterion that compares units, what its rule needs
// of all of them. Units whose cells are wrong are told of at their own turn.
func (k *checker) compare(units []Unit, values Values) *cluster {
	cl := &cluster{units: units, values: make([]UnitValues, len(units)), shared: make([]any, len(k.plans)), peers: make([]*peers, len(k.plans))}
	for i, u := range units {
		v, there := values[u.ID]
		cl.values[i] = v
		if there {
			cl.found++
		}
	}
	var room comparison
	for _, p := range k.plans {
		if p.broken || p.rule == nil {
			continue
		}
		if p.c.NA == Peers {
			cl.peers[p.index] = p.gatherPeers(cl)
		}
		if p.comparing != nil {
			cl.shared[p.index] = p.comparing.gather(cl.cells(p, &room))
		}
	}
	return cl
}

// cells are the cells of a criterion that apply. The room is used again for the
// next criterion.
func (cl *cluster) cells(p *plan, c *comparison) *comparison {
	if c.room == nil {
		c.room = make([]ask, len(cl.units))
		c.units, c.asks = make([]Unit, 0, len(cl.units)), make([]*ask, 0, len(cl.units))
	}
	c.units, c.asks = c.units[:0], c.asks[:0]
	for i, unit := range cl.values {
		if in := unit[p.c.ID]; !marked(in) {
			c.room[i] = ask{c: p.c, max: p.max, in: in, cluster: true}
			c.units, c.asks = append(c.units, cl.units[i]), append(c.asks, &c.room[i])
		}
	}
	return c
}
