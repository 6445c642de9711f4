package bench

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
)

// variables are what a peer's check file needs to know of one SAYMON target. Bodies come written out, because not every peer
// can write a password with quotation marks into JSON.
type variables struct {
	URL       string `json:"url"`
	Login     string `json:"login"`
	LoginBody string `json:"login_body"`
	EmailBody string `json:"email_body"`
	WrongBody string `json:"wrong_body"`
	Basic     string `json:"basic"` // the Authorization header
	TokenPath string `json:"token_path"`
	Invented  string `json:"invented"` // a session ID that nobody gave
}

// variablesOf reads the targets.yaml that the worker wrote.
func variablesOf(path string) ([]variables, error) {
	var file struct {
		Targets []struct {
			URL  string
			User struct{ Login, Password, Email, ID string }
		}
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err != nil {
		return nil, err
	}
	var all []variables
	for _, t := range file.Targets {
		body := func(login, password string) string {
			text, _ := json.Marshal(map[string]string{"login": login, "password": password}) // two texts always have a JSON
			return string(text)
		}
		all = append(all, variables{t.URL, t.User.Login, body(t.User.Login, t.User.Password), body(t.User.Email, t.User.Password),
			body(t.User.Login, "wrong "+t.User.ID), "Basic " + base64.StdEncoding.EncodeToString([]byte(t.User.Login+":"+t.User.Password)),
			"/node/api/users/" + t.User.ID + "/auth-token", "3f1c9c1e-8f5a-4d0c-9a53-2b6d6f1f7a10"})
	}
	return all, nil
}

// write writes the variables of all targets, and the bodies of the first one, into the folder.
func writeVariables(folder string, all []variables) error {
	if len(all) == 0 {
		return errors.New("there is no target to write the variables of")
	}
	list, err := json.Marshal(all)
	for name, text := range map[string]string{"targets.json": string(list), "login.json": all[0].LoginBody, "email.json": all[0].EmailBody,
		"wrong.json": all[0].WrongBody} {
		err = errors.Join(err, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	return err
}
