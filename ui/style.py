"""A style that two pages share."""

NO_DOWNLOAD = """<style>
/* a table's own download would write cells that a spreadsheet runs as formulas */
[data-testid="stElementToolbar"] { display: none; }
</style>"""
