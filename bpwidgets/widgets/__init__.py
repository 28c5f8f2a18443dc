"""The views: one Python file and one JavaScript file each, over one session.

Every view has the same skeleton.  Python: `frame` words what rarely changes, `scene` what changes with
every move, `answer` takes what the page sends.  JavaScript: `build` sets up the frame, `paint` places
the scene.
"""
