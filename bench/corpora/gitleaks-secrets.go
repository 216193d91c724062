// Replaces gitleaks' cmd/generate/secrets/gen.go in a temporary copy of the module, so that each run makes the same
// secrets.
package secrets

import (
	"github.com/lucasjones/reggen"
)

var seed int64

func NewSecret(regex string) string {
	g, err := reggen.NewGenerator(regex)
	if err != nil {
		panic(err)
	}
	seed++
	g.SetSeed(seed)
	return g.Generate(1)
}
