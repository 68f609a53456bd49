"""What is shown, as a link names it: the texts of a link, the pages there are, and what is kept between visits."""
