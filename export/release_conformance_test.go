//go:build conformance

package export_test

import "testing"

func TestConformanceKilledReleases(t *testing.T) { kill(t, 100) }
