// Package ci holds ready-made pipelines. Its tests show that each of them is what its CI reads, and does what it says.
package ci
