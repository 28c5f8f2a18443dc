"""Real widgets, in a real browser, without Jupyter: the line between them misbehaves as a test asks.

    def test(rig):                             # a page in a host like JupyterLab; fixtures: conftest.py
        explorer = bp.Explorer()               # any widgets, or boxes of them; in use: rig.kernel
        place = rig.show(explorer)             # a Locator: what was shown; again, a second time
        rig.line.late(0.1)                     # each way; or .there, .back: delay, copies, cut
        rig.line.there.delay = random.random   # then messages overtake each other
        rig.line.cut(), rig.line.heal()        # what is sent meanwhile, or would arrive, is lost
        rig.kernel.add_thread()                # two threads deal with messages, as with subshells
        with rig.kernel.busy(): ...            # a cell runs: messages wait
        rig.tell(status="busy"), rig.end()     # what the host knows of its kernel
        rig.send(widget, '{"any": "thing"}')   # what a page should not send
        rig.rest()                             # nothing is under way or waits, all is painted

``another()`` opens one more page of the same kernel, ``another(saved=True)`` a saved notebook's; with
``@pytest.mark.parametrize("host", ["jupyter", "marimo", "bare"])`` a test runs in every kind of host.
Afterwards no handler has failed and the page has complained about nothing.
"""
