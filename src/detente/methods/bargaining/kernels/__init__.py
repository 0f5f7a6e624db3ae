"""Packages of issues gone through, compiled: the same as the readable version, draw by draw."""
