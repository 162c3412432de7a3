"""`python -m vrm_desktop ROLE`: the one launcher, for programs that start this one again in another role."""

from vrm_desktop.wiring import launch

if __name__ == "__main__":
    launch()
