// Replaces gitleaks' cmd/generate/config/utils/validate.go in a temporary copy of the module: instead of checking the
// samples of a rule, it prints each of them as one line of JSON.
package utils

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/zricethezav/gitleaks/v8/cmd/generate/config/base"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect"
)

type sample struct {
	Rule     string `json:"rule"`
	Line     string `json:"line"`
	Secret   string `json:"secret,omitempty"`
	IsSecret bool   `json:"isSecret"`
}

func printSample(s sample) {
	_ = json.NewEncoder(os.Stdout).Encode(s)
}

func Validate(rule config.Rule, truePositives []string, falsePositives []string) *config.Rule {
	detector := createDetector(&rule)
	for _, line := range truePositives {
		for _, finding := range detector.DetectString(line) {
			printSample(sample{rule.RuleID, line, finding.Secret, true})
		}
	}
	for _, line := range falsePositives {
		printSample(sample{rule.RuleID, line, "", false})
	}
	return &rule
}

func ValidateWithPaths(rule config.Rule, truePositives map[string]string, falsePositives map[string]string) *config.Rule {
	detector := createDetector(&rule)
	for path, line := range truePositives {
		for _, finding := range detector.Detect(detect.Fragment{Raw: line, FilePath: path}) {
			printSample(sample{rule.RuleID, line, finding.Secret, true})
		}
	}
	for _, line := range falsePositives {
		printSample(sample{rule.RuleID, line, "", false})
	}
	return &rule
}

func createDetector(r *config.Rule) *detect.Detector {
	unique := make(map[string]struct{})
	for i, keyword := range r.Keywords {
		r.Keywords[i] = strings.ToLower(keyword)
		unique[r.Keywords[i]] = struct{}{}
	}
	cfg := base.CreateGlobalConfig()
	cfg.Rules = map[string]config.Rule{r.RuleID: *r}
	cfg.Keywords = unique
	for _, allowlist := range cfg.Allowlists {
		_ = allowlist.Validate()
	}
	return detect.NewDetector(cfg)
}
