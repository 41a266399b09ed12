// Command publish measures the reader of targets on the labelled sets, prints
// the table and writes it into docs/reader.md. With -wrong it prints every
// target that was missed or read falsely in a set instead.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/thidua/thidua/testkit/accuracy"
)

func main() {
	wrong := flag.String("wrong", "", "a labelled set whose errors to print")
	flag.Parse()
	do := publish
	if *wrong != "" {
		do = func() error { return errors(*wrong) }
	}
	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, "accuracy:", err)
		os.Exit(1)
	}
}

func publish() error {
	table, missing, err := accuracy.Table(".")
	if err != nil {
		return err
	}
	fmt.Print(table)
	page, err := os.ReadFile(accuracy.Page)
	if err != nil {
		return err
	}
	text, err := accuracy.Put(string(page), table)
	if err != nil {
		return err
	}
	if err := os.WriteFile(accuracy.Page, []byte(text), 0o644); err != nil {
		return err
	}
	if len(missing) > 0 {
		return fmt.Errorf("not measured, for they are not there: %v", missing)
	}
	return nil
}

func errors(file string) error {
	set, err := accuracy.Load(file)
	if err != nil {
		return err
	}
	for n, t := range set {
		_, wrong := accuracy.Of(t)
		if len(wrong) == 0 {
			continue
		}
		fmt.Printf("%d: %s\n", n+1, t.Text)
		for _, w := range wrong {
			fmt.Println("   ", w)
		}
	}
	return nil
}
