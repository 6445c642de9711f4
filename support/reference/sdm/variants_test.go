//go:build long

package sdm_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"session-conformance/support/reference/sdm"
)

// TestEveryVariantConforms checks what the document states and shows, and nothing more.
func TestEveryVariantConforms(t *testing.T) {
	names := []string{""}
	for _, v := range sdm.Variants {
		names = append(names, v.Name)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, with := NewWithT(t), []string{}
			if name != "" {
				with = append(with, name)
			}
			c := start(t, with...)
			user, password := c.user.UserName, c.user.Password
			inXML, inJSON := c.postXML(loginPath, xmlLogin(user, password)), c.postJSON(loginPath, jsonLogin(user, password))
			for _, login := range []answered{inXML, inJSON} {
				g.Expect(login.status).To(Equal(200))
				g.Expect(login.cookies()).NotTo(BeEmpty())
			}
			checkFields(g, user, xmlFields(g, inXML.body))
			g.Expect(strings.ToLower(inXML.header.Get("Content-Type"))).To(MatchRegexp(`^(application|text)/xml(;|$)`))
			checkFields(g, user, jsonFields(g, inJSON.body))
			g.Expect(strings.ToLower(inJSON.header.Get("Content-Type"))).To(MatchRegexp(`^application/json(;|$)`))

			g.Expect(c.probe(inJSON.cookies()).status / 100).To(Equal(2))
			g.Expect(c.probe(inJSON.cookies()).status / 100).To(Equal(2))
			g.Expect(c.probe("").status / 100).NotTo(Equal(2))
			for what, body := range refusedXML(user, password) {
				status := c.postXML(loginPath, body).status
				g.Expect(status).To(BeElementOf(400, 401), what)
				c.postXML(loginPath, xmlLogin(user, password)) // a good login between the refused ones
			}
			g.Expect(c.postXML(loginPath, "").status).To(Equal(400))
			wrong := c.postXML(loginPath, xmlLogin(user, "not the password"))
			g.Expect(wrong.status).To(Equal(401))
			g.Expect(c.probe(wrong.cookies()).status / 100).NotTo(Equal(2))
			g.Expect(c.postXML("/rest/v1.3beta/admin/login", xmlLogin(user, password)).status).To(Equal(404))
		})
	}
}

func checkFields(g *WithT, user string, fields map[string]string) {
	for _, name := range []string{"idleTimeout", "serverInfo", "sessionId", "userGroup", "userName", "validUntil"} {
		g.Expect(fields).To(HaveKeyWithValue(name, Not(BeEmpty())))
	}
	g.Expect(strings.EqualFold(fields["userName"], user)).To(BeTrue(), fields["userName"])
	g.Expect(strings.TrimSpace(fields["idleTimeout"])).To(MatchRegexp(`^[0-9]`))
}

// jsonFields are the object's values; numbers as they are written.
func jsonFields(g *WithT, body string) map[string]string {
	var raw map[string]any
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	g.Expect(d.Decode(&raw)).To(Succeed())
	_, err := d.Token()
	g.Expect(err).To(Equal(io.EOF))
	fields := map[string]string{}
	for name, value := range raw {
		switch v := value.(type) {
		case json.Number:
			g.Expect(name).To(Equal("idleTimeout"))
			fields[name] = v.String()
		case string:
			fields[name] = v
		}
	}
	return fields
}

// xmlFields are the texts of the elements directly below the root, read in the encoding that the document declares.
func xmlFields(g *WithT, body string) map[string]string {
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), []byte(body))
	g.Expect(err).NotTo(HaveOccurred())
	d := xml.NewDecoder(bytes.NewReader(text))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return in, nil // the byte order mark has told already
		}
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(in), nil
	}
	var root struct {
		XMLName xml.Name
		Fields  []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
	g.Expect(d.Decode(&root)).To(Succeed())
	g.Expect(root.XMLName).To(Equal(xml.Name{Local: "session"}))
	fields := map[string]string{}
	for _, f := range root.Fields {
		g.Expect(f.XMLName.Space).To(BeEmpty())
		fields[f.XMLName.Local] = f.Text
	}
	return fields
}
