// Logs in with http.request: node saymon_nodejs.js URL LOGIN PASSWORD
const http = require("http");
const [url, login, password] = process.argv.slice(2);
const { hostname, port, pathname } = new URL(url);
const headers = { "Content-Type": "application/json" };
const request = http.request({ method: "POST", hostname, port, path: pathname, headers }, (answer) => answer.resume());
request.write(JSON.stringify({ login, password }));
request.end();
