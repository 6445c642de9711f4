# Logs in as document 003's Python sample does: XML read and written by lxml, sent by requests.
# Usage: sdm.py URL FILE
import sys

import requests
from lxml import etree

url, file = sys.argv[1:]
kinds = {"Accept": "application/xml", "Content-Type": "application/xml"}
requests.post(url, headers=kinds, data=etree.tostring(etree.parse(file)))
