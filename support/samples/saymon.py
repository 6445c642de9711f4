"""Logs in with requests: saymon.py URL LOGIN PASSWORD"""
import sys

import requests

url, login, password = sys.argv[1:]
requests.request("POST", url, json={"login": login, "password": password})
