package session

// FewPlaces is in how many characters two session IDs differ at least where they are made by chance.
const FewPlaces = 12

// Differing counts the characters in which two texts differ, those that one has more than the other included.
func Differing(a, b string) int {
	x, y := []rune(a), []rune(b)
	differ := max(len(x), len(y)) - min(len(x), len(y))
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			differ++
		}
	}
	return differ
}
