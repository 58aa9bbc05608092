// Offers to read promises aloud with a voice that lives on the device, as the phone does with its questions.
const promises = document.getElementById("promises");
if ("speechSynthesis" in window) import(promises.dataset.aloud).then(({ offer }) => offer(promises)).catch(() => {});
