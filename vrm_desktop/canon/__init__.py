"""canon"""
