//go:build conformance

package audit_test

import "testing"

func TestConformanceTamperings(t *testing.T) { tamper(t, 200) }
