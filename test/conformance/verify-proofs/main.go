// Command verify-proofs verifies tlog proofs with torchwood, a library that is not ours. It reads JSON lines and writes
// one line for each: "ok", or why the proof does not verify.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type request struct {
	Key   string `json:"key"`
	Leaf  []byte `json:"leaf"`
	Proof string `json:"proof"`
}

func verify(line []byte) error {
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return err
	}
	verifier, err := note.NewVerifier(r.Key)
	if err != nil {
		return err
	}
	policy := torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(verifier.Name()), torchwood.SingleVerifierPolicy(verifier))
	return torchwood.VerifyProof(policy, tlog.RecordHash(r.Leaf), []byte(r.Proof))
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if err := verify(lines.Bytes()); err != nil {
			fmt.Printf("%q\n", err.Error())
			continue
		}
		fmt.Println("ok")
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
