//go:build conformance

package release_test

import "testing"

func TestConformanceKilledReleases(t *testing.T) { kill(t, 100) }
