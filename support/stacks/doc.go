// Package stacks judges the three APIs on frameworks that vendors use, each as somebody who knows the framework would
// write it, and behind the proxies that stand before products: what conforms must be found so, and natural mistakes
// must be noticed.
package stacks
