package reference

// SameEnd says whether two texts have one length and the same second half, and differ before it.
func SameEnd(one, other string) bool {
	half := len(one) / 2
	return len(one) == len(other) && len(one) > 8 && one != other && one[half:] == other[half:]
}
