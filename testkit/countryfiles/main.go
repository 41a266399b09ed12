// Command countryfiles writes a share of the country's year as files for
// `thidua import`: go run ./testkit/countryfiles 10 FOLDER.
package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/thidua/thidua/testkit/country"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: countryfiles percent folder")
		os.Exit(2)
	}
	percent, err := strconv.Atoi(os.Args[1])
	if err != nil || percent < 1 || percent > 100 {
		fmt.Fprintln(os.Stderr, "countryfiles: the share is a whole number from 1 to 100")
		os.Exit(2)
	}
	if err := os.MkdirAll(os.Args[2], 0o755); err == nil {
		var size country.Size
		if size, err = country.Write(os.Args[2], percent); err == nil {
			fmt.Println(size.Say())
			return
		}
	}
	fmt.Fprintln(os.Stderr, "countryfiles:", err)
	os.Exit(1)
}
