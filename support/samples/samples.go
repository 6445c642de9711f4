// Package samples records what the documents' sample clients send: programs of our own, which use the same tools in the
// same way, are run against a listener, and the bytes compared with the files that the suites send. It is a test with a
// tag of its own, for it needs curl, NodeJS, and Python with requests and lxml:
//
//	python3 -m venv venv && venv/bin/pip install requests lxml
//	PYTHON=venv/bin/python3 go test -tags samples ./support/samples
package samples
