// Logs in with fetch: node saymon_fetch.js URL LOGIN PASSWORD
const [url, login, password] = process.argv.slice(2);
const headers = new Headers();
headers.append("Content-Type", "application/json");
fetch(url, { method: "POST", headers, body: JSON.stringify({ login, password }) }).then((answer) => answer.text());
