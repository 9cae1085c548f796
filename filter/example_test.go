package filter_test

import (
	"fmt"

	"github.com/icmpsniff/icmpsniff/filter"
)

func ExampleCompile() {
	_, err := filter.Compile("icmp and ip.scr == 10.0.0.0/8", filter.Options{})
	fmt.Println(err)
	// Output:
	// left side of "==" must be a field or function, not ip.scr; did you mean ip.src?
	//     icmp and ip.scr == 10.0.0.0/8
	//              ^~~~~~
}
