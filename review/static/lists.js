// Lists that are printed, and addresses that are copied into a mail.

const said = document.getElementById("said");

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "The browser does not allow copying: print the list, or take the CSV.";
    }
  });
}
