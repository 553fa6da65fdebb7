package audit_test

import (
	"testing"

	"haltsheet/export/exporttest"
)

func TestMain(m *testing.M) { exporttest.Main(m, nil) }
