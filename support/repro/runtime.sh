die() { printf '%s\n' "$*" >&2; exit 2; }
for tool in curl python3; do
  command -v "$tool" >/dev/null 2>&1 || die "This script needs $tool, which is not here."
done
need() { eval "[ -n \"\${$1:-}\" ]" || die "Set $1 first: $2."; export "$1"; }
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
export tmp URL
cat >"$tmp/help.py" <<'PYTHON'
import base64, email.utils, html, json, os, re, shlex, subprocess, sys, time, urllib.parse, xml.etree.ElementTree as xml_reader

def var(name): return os.environb.get(name.encode(), b"")
def text(name): return var(name).decode("utf-8", "surrogateescape")
def units(s, every):
    out = ""
    for c in s:
        if ord(c) < 128 and not every:
            out += json.dumps(c, ensure_ascii=False)[1:-1]
        else:
            out += "".join("\\u%02x%02x" % tuple(c.encode("utf-16-be")[i:i + 2]) for i in range(0, len(c.encode("utf-16-be")), 2))
    return out
def go_json(s): return json.dumps(s, ensure_ascii=False)[1:-1]
ways = {
    "raw": lambda s: s, "json": go_json, "ascii": lambda s: units(s, False), "units": lambda s: units(s, True),
    "xml": lambda s: s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;"),
    "minimal": lambda s: html.escape(s, quote=False),
    "query": lambda s: urllib.parse.quote_plus(s, safe="", errors="surrogateescape"),
    "base64": lambda s: base64.b64encode(s.encode("utf-8", "surrogateescape")).decode(),
}
def way(name):  # u0_3: these characters by their numbers, as JSON has them; d0_3, h0_3: as XML has them
    numbers = re.fullmatch("([udh])([0-9_]+)", name)
    if not numbers: return ways[name]
    kind, places = numbers[1], {int(place) for place in numbers[2].split("_")}
    write = {"u": lambda c: units(c, True), "d": lambda c: "&#%d;" % ord(c), "h": lambda c: "&#x%x;" % ord(c)}[kind]
    return lambda s: "".join(write(c) if i in places else ways["json" if kind == "u" else "xml"](c) for i, c in enumerate(s))
def fill(template):
    filled = lambda m: way(m[1].decode())(text(m[2].decode())).encode("utf-8", "surrogateescape")
    return re.sub("\u27e6(\\w+):(\\w+)\u27e7".encode(), filled, os.fsencode(template))

def other(c):  # another character of the same kind
    if c in "x": return "y"
    if c in "9": return "0"
    if c in "fFzZ": return chr(ord(c) - 1)
    if c.isascii(): return chr(ord(c) + 1) if c.isalnum() else "x"
    alike = lambda d: d.isalpha() and d.islower() == c.islower() and d.isupper() == c.isupper()
    beside = [ord(c) ^ 1, ord(c) ^ 2, ord(c) ^ 4, *range(ord(c) + 1, ord(c) + 64)]
    return next(filter(alike, map(chr, beside)), "x")
def other_case(c): return next((form for form in (c.swapcase(), c.title()) if len(form) == 1), c)
def derive(how, s):  # how a scenario made a value of the right one
    if "; " in how: return derive(how.partition("; ")[2], derive(how.partition("; ")[0], s))
    kind, _, rest = how.partition(" ")
    if kind == "first": return s[:int(rest)]
    if kind == "last": return s[len(s) - int(rest):]
    if kind == "then": return s + urllib.parse.unquote_plus(rest)
    if kind == "insert":
        at, _, more = rest.partition(" ")
        return s[:int(at)] + urllib.parse.unquote_plus(more) + s[int(at):]
    if kind == "plus":
        more, at = map(int, rest.split())
        return s[:at] + chr(ord(s[at]) + more) + s[at + 1:]
    places = {int(place) for place in rest.split()}
    return "".join((other_case(c) if kind == "case" else other(c)) if i in places else c for i, c in enumerate(s))

class Answer:
    def __init__(self, n):
        read = lambda name: open(os.path.join(os.environ["tmp"], name + n), "rb").read()
        lines = re.split(rb"\r?\n\r?\n", read("head").strip())[-1].splitlines()
        self.status, self.line = int(lines[0].split()[1]), lines[0].decode("latin-1")
        self.headers = [(k.strip().lower().decode("latin-1"), v.strip().decode("utf-8", "replace")) for k, _, v in (l.partition(b":") for l in lines[1:])]
        self.body = read("body")
    def header(self, name): return next((v for k, v in self.headers if k == name), "")
    def media(self): return self.header("content-type").split(";")[0].strip().lower()
    def cookies(self):
        for k, v in self.headers:
            if k == "set-cookie":
                pair, *rest = v.split(";")
                name, _, value = pair.partition("=")
                yield name.strip(), value.strip(), {a.partition("=")[0].strip().lower(): a.partition("=")[2].strip() for a in rest}
    def cookie(self, name):
        found = [c for c in self.cookies() if c[0] == name]
        return found[-1] if found else None
    def json(self):
        def never(word): raise ValueError(word)
        try: return True, json.loads(self.body.decode("utf-8"), parse_constant=never)
        except (ValueError, RecursionError): return False, None
    def member(self, name):
        ok, value = self.json()
        return (name in value, value.get(name)) if ok and isinstance(value, dict) else (False, None)

def xml(body):
    try: return xml_reader.fromstring(body) if b"<!DOCTYPE" not in body else None
    except xml_reader.ParseError: return None
class Text(str): pass  # of an XML element
def field(a, name):  # whether it is there, what it says, and whether that is a text
    there, value = a.member(name)
    if there: return True, value, isinstance(value, str)
    root = xml(a.body)
    found = [e for e in root.iter() if e.tag.rpartition("}")[2] == name] if root is not None else []
    return (True, Text("".join(found[0].itertext())), len(found[0]) == 0) if found else (False, None, False)
def moment(date):  # in seconds since 1970; None where it is no date
    read = email.utils.parsedate_tz(date)
    return email.utils.mktime_tz(read) if read else None
def gone(a, attributes):
    if re.fullmatch("-?[0-9]+", attributes.get("max-age", "")): return int(attributes["max-age"]) <= 0
    expires, now = moment(attributes.get("expires", "")), moment(a.header("date")) or time.time()
    return expires is not None and expires <= now
def take(a, kind, name=""):
    if kind == "cookie":
        c = a.cookie(name)
        return c[1].strip('"') if c else ""
    if kind == "header": return a.header(name)
    if kind == "whole": return a.body.decode("utf-8", "replace").strip()
    if kind == "xml":
        m = re.search("<(?:\\w+:)?%s[^>]*>([^<]*)<" % re.escape(name), a.body.decode("utf-8", "replace"))
        return html.unescape(m[1]).strip() if m else ""
    ok, value = a.json()
    if kind == "member": return value.get(name, "") if ok and isinstance(value, dict) and isinstance(value.get(name), str) else ""
    return value if ok and isinstance(value, str) else a.body.decode("utf-8", "replace").strip().strip('"')

whole = lambda v: isinstance(v, (int, float)) and not isinstance(v, bool) and v >= 0 and v == int(v)
kinds = {"there": lambda v: True, "text": lambda v: isinstance(v, str) and v != "", "whole": whole, "above-0": lambda v: whole(v) and v > 0, "whole-or-null": lambda v: v is None or whole(v),
         "string": lambda v: isinstance(v, str), "uuid": lambda v: isinstance(v, str) and re.fullmatch("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", v) is not None}
fields = {"there": lambda value, leaf: True, "string": lambda value, leaf: leaf, "text": lambda value, leaf: str(value).strip() != "",
          "whole": lambda value, leaf: re.fullmatch("[+-]?[0-9]+", value.strip()) is not None if isinstance(value, Text) else
          isinstance(value, (int, float)) and not isinstance(value, bool) and value == int(value)}
def same(a, b): return a != "" and a.casefold() == b.casefold()
def names(a, login, email, id_, other_login, other_id):  # whether an answer about the current user names this one
    mine = lambda name: (lambda v: v if isinstance(v, str) else "")(a.member(name)[1])
    if same(mine("login"), other_login) or same(mine("id"), other_id): return False
    id_differs = mine("id") != "" and id_ != "" and not same(mine("id"), id_)
    login_differs = mine("login") != "" and not same(mine("login"), login) and not same(mine("login"), email) and not same(mine("email"), login)
    if "" in (mine("login"), mine("id"), id_): return not id_differs and not login_differs
    return not id_differs or not login_differs
def met(a, check, *args):
    ok, value = a.json()
    if check == "status": return any(word in (str(a.status), "%dxx" % (a.status // 100)) for word in args)
    if check == "like": return a.status // 100 == int(args[0])
    if check == "lacks":
        told = a.body + "\n".join(v for _, v in a.headers).encode()
        return not any(ways[way](text(name)).encode("utf-8", "surrogateescape") in told for name in args for way in ("raw", "json", "xml", "query"))
    if check == "refused": return a.status // 100 != 2
    if check == "below": return a.status < int(args[0])
    if check == "media": return a.media() in args
    if check == "names": return names(a, *(urllib.parse.unquote_plus(word[1:]) for word in args))
    if check == "empty": return a.body == b""
    if check == "json": return ok
    if check == "json-object": return ok and isinstance(value, dict)
    if check == "json-string": return ok and isinstance(value, str)
    if check == "uuid": return a.status // 100 == 2 and kinds["uuid"](take(a, "body"))
    if check == "id": return a.status // 100 == 2 and take(a, "body").strip() != ""
    if check == "xml": return xml(a.body) is not None
    if check == "field":
        there, value, leaf = field(a, args[0])
        return there and (str(value).casefold() == urllib.parse.unquote_plus(args[1][1:]).casefold() if args[1][0] == "=" else fields[args[1]](value, leaf))
    if check == "cookie-is-field":
        value = str(field(a, args[0])[1]).strip()
        return any(v.strip('"') == value or v.strip('"').endswith("~" + value) for _, v, _ in a.cookies())
    if check in ("times-of", "later-than", "near-date", "milliseconds"):
        number = lambda answer, name: (lambda v: v if isinstance(v, (int, float)) and not isinstance(v, bool) else 0)(answer.member(name)[1])
        if check == "times-of": return all(number(a, name) == number(Answer(args[0]), name) for name in args[1:])
        if check == "later-than": return number(a, args[1]) > number(Answer(args[0]), args[1])
        if check == "near-date":
            now = moment(a.header("date")) or time.time()
            return abs(now - number(a, args[0]) / 1000) <= int(args[1])
        return all(1e11 <= v < 1e14 for v in (number(a, name) for name in args) if v)
    if check == "members-any": return any(a.member(name)[0] for name in args)
    if check == "body": return take(a, "whole") in args
    if check == "xml-root": return (lambda root: root is not None and root.tag.rpartition("}")[2] == args[0])(xml(a.body))
    if check == "opens-cookie": return a.status // 100 == 2 and any(v.strip('"') and not gone(a, at) for _, v, at in a.cookies())
    if check == "cookie-any": return any(k and v.strip('"') for k, v, _ in a.cookies())
    if check == "cookie-is-body": return a.cookie(args[0]) is not None and a.cookie(args[0])[1] == take(a, "body")
    if check == "opens" and args[0] == "sid":
        c = a.cookie("sid")
        return a.status // 100 == 2 and (re.fullmatch("[A-Za-z0-9._~+/=-]+", take(a, "body")) is not None or c is not None and c[1] != "" and not gone(a, c[2]))
    if check == "opens" and args[0] == "sessionId":
        page = re.match(rb"(?i)\s*<(!doctype\s+html|html)[\s>]", a.body)
        return a.status // 100 == 2 and not page and (any(k and v.strip('"') for k, v, _ in a.cookies()) or field(a, "sessionId")[1] not in (None, ""))
    if check == "member": return a.member(args[0])[0] and kinds[args[1]](a.member(args[0])[1])
    if check == "cookie-set": return (lambda c: c is not None and c[1].strip('"') != "" and not gone(a, c[2]))(a.cookie(args[0]))
    if check == "cookie-reaches":
        name, login, call = map(urllib.parse.unquote_plus, args)
        host = urllib.parse.urlsplit(os.environ["URL"]).hostname
        def reaches(at):
            path = at["path"] if at.get("path", "").startswith("/") else login.rpartition("/")[0] or "/"
            domain = at.get("domain", "").lstrip(".").lower()
            return not gone(a, at) and (call + "/").startswith(path.rstrip("/") + "/") and (domain in ("", host) or host.endswith("." + domain))
        return any(name in ("*", n) and reaches(at) for n, _, at in a.cookies())
    if check == "cookie-attribute":
        c = a.cookie(args[0])
        return c is not None and args[1] in c[2] and (len(args) < 3 or c[2][args[1]] == args[2])
    raise ValueError("no check is named " + check)

def visible(b): return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape", "replace").decode() for c in b.decode("utf-8", "replace"))
def stop(why):
    print(why, file=sys.stderr)
    sys.exit(2)
def show(a): print(visible(("< %s\n" % a.line + "".join("< %s: %s\n" % h for h in a.headers)).encode() + a.body[:2000]), flush=True)
silent = (407, 408, 421, 429, 502, 504, 511, *range(520, 531))  # these speak for somebody on the way, or for load
def ask(n, method, path, body, *headers):
    print("\n> %s %s\n" % (method, visible(os.fsencode(path))) + "".join("> %s\n" % visible(os.fsencode(h)) for h in headers)
          + ("" if body in ("-", "--") else ">\n> %s\n" % visible(os.fsencode(body))), flush=True)
    quoted = lambda b: b'"' + b.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\r", b" ").replace(b"\n", b" ") + b'"\n'
    options = [b"request = " + quoted(os.fsencode(method)), b"url = " + quoted(os.environb[b"URL"] + fill(path))]
    options += [b"header = " + quoted(h.encode() if h == "User-Agent:" else re.sub(b": *$", b";", fill(h))) for h in headers]
    place = lambda name: os.path.join(os.environ["tmp"], name)
    if body != "--" and (body != "-" or method not in ("GET", "DELETE", "HEAD")):
        open(place("sent"), "wb").write(b"" if body == "-" else fill(body))
        options.append(b"data-binary = " + quoted(os.fsencode("@" + place("sent"))))
    open(place("body" + n), "wb").close()
    own = shlex.split(os.environ.get("CURL_OPTIONS", ""))
    line = ["curl", "-q", "-sS", "--http1.1", "--globoff", "--path-as-is", "-m", "60", "-H", "Accept:", "-H", "Content-Type:", "-H", "Expect:",
            "-D", place("head" + n), "-o", place("body" + n), *own, "-K", "-"]
    if subprocess.run(line, input=b"".join(options)).returncode: stop("No answer came to request " + n + ".")
    a = Answer(n)
    show(a)
    if a.status in silent: stop("The answer to request %s, %d, speaks for somebody on the way or for load." % (n, a.status))

command, *args = sys.argv[1:]
if command == "fill": sys.stdout.buffer.write(fill(args[0]))
elif command == "ask": ask(*args)
elif command == "derive": sys.stdout.buffer.write(derive(args[0], text(args[1])).encode("utf-8", "surrogateescape"))
elif command == "take": sys.stdout.write(take(Answer(args[0]), *args[1:]))
elif command == "met":
    try: sys.exit(0 if met(Answer(args[0]), *args[1:]) else 1)
    except Exception as wrong: stop("This script cannot tell: %r" % wrong)
PYTHON
help() { python3 -I -S -X utf8 "$tmp/help.py" "$@"; }
# ask N METHOD PATH BODY HEADER…: in each ⟦way:NAME⟧ stands for a value; BODY is - for none, -- for none without a length
ask() { help ask "$@" || exit 2; }
# accepted N: request N logs in with the credentials that are right
accepted() { help met "$1" like 2 || die "Request $1 logs in, as it did when the clause was judged, and is refused now: are the credentials right?"; }
# answered N: request N is the judged one, sent before
answered() { help met "$1" like 2 || die "Request $1 was accepted when the clause was judged, and is refused now."; }
# ended N: request N ends a session or a token
ended() { help met "$1" like 2 || die "Request $1 ended what it names when the clause was judged, and is refused now."; }
take() { # take NAME N KIND [OF]: a value from the answer to request N
  name=$1; shift
  value=$(help take "$@") && [ -n "$value" ] || die "The answer to request $1 holds no $2 ${3:-}, which the next requests need."
  eval "$name=\$value"; export "$name"
}
left() { # left NAME N KIND [OF]: take, where nothing to take means that the clause is met
  name=$1; shift
  value=$(help take "$@") || exit 2
  [ -n "$value" ] || { printf '\nmet: the answer to request %s left nothing\n' "$1"; exit 0; }
  eval "$name=\$value"; export "$name"
}
# judge SENTENCE N CHECK…: ends the script by what request N was answered
judge() {
  says=$1; shift
  help met "$@"
  case $? in
  0) printf '\nmet: %s\n' "$says"; exit 0 ;;
  1) printf '\nNOT MET: %s\n' "$says"; exit 1 ;;
  esac
  exit 2
}
untold() { printf '\nexpected: %s\nThis script cannot tell: %s.\n' "$1" "$2"; exit 2; }
