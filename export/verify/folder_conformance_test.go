//go:build conformance

package verify_test

import "testing"

func TestConformanceTamperings(t *testing.T) { tamper(t, 200) }
