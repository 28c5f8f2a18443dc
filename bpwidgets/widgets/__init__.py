"""The views: one Python file and one JavaScript file each, over one session or one exercise.

Every view has the same skeleton.  Python: `make_frame` words what rarely changes, `make_scene` what
changes with every move, `answer` (of an exercise: `take`) takes what the page sends.  JavaScript:
`build` sets up the frame, `paint` places the scene.
"""
