package track

// ring is a queue whose items stay where they are while they are in it. A position counts the items pushed before; those
// in [tail, head) are in the queue.
type ring[T any] struct {
	items      []T // a power of two of them
	tail, head uint64
}

func (r *ring[T]) at(pos uint64) *T      { return &r.items[pos&uint64(len(r.items)-1)] }
func (r *ring[T]) holds(pos uint64) bool { return pos-r.tail < r.head-r.tail }
func (r *ring[T]) len() int              { return int(r.head - r.tail) }

// push appends an item, with what was in its place before, and returns its position.
func (r *ring[T]) push() (*T, uint64) {
	if r.len() == len(r.items) {
		r.grow()
	}
	pos := r.head
	r.head++
	return r.at(pos), pos
}

// grow doubles the room; each item keeps its position.
func (r *ring[T]) grow() {
	old := *r
	r.items = make([]T, max(64, 2*len(old.items)))
	for pos := r.tail; pos != r.head; pos++ {
		*r.at(pos) = *old.at(pos)
	}
}
