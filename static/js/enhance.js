// First in <body>: tells the style sheet that script runs. The Frontend's forms read these classes.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
