package lab

// named: pings that begin with a question for a name. h2 is the name server.
var named = []Scenario{
	{Name: "ping-by-name", Doc: "a name is looked up, and its address pinged through a gateway", At: "h1:eth0",
		Cable: nameServer("h2"), Act: byName("far.example.", "203.0.113.14")},
	{Name: "ping-by-name-unknown", Doc: "a name is looked up that does not exist", At: "h1:eth0",
		Cable: nameServer("h2"), Act: byName("nobody.example.", "")},
}
