/* 场次当日: a ticket is scanned where the browser can (BarcodeDetector), and a signature is drawn on the page. Without scripts, the number is
   typed and the second person signs by their own log-in. */
(() => {
  "use strict";
  const one = (name) => document.querySelector(`[data-${name}]`);

  const form = one("sign-in");
  const scan = one("scan");
  if (form && scan && "BarcodeDetector" in window && navigator.mediaDevices) {
    const box = one("scan-box");
    const video = one("scan-video");
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    let stream = null;
    const stop = () => {
      if (stream) stream.getTracks().forEach((track) => track.stop());
      stream = null;
      if (box.open) box.close();
    };
    const look = async () => {
      if (!stream) return;
      const found = await detector.detect(video).catch(() => []);
      const text = found.map((code) => code.rawValue.trim()).find((value) => /^\d{6,24}$/.test(value));
      if (text) {
        stop();
        form.elements.ticket.value = text;
        form.elements.scanned.value = "1";
        form.requestSubmit();
      } else requestAnimationFrame(look);
    };
    scan.hidden = false;
    scan.addEventListener("click", async () => {
      if (!form.elements.identity.reportValidity()) return;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch {
        form.elements.ticket.focus();
        return;
      }
      video.srcObject = stream;
      box.showModal();
      await video.play();
      look();
    });
    one("scan-stop").addEventListener("click", stop);
    box.addEventListener("close", stop);
  }

  const second = one("second");
  const draw = one("draw");
  if (second && draw) {
    const place = one("draw-place");
    const value = one("draw-value");
    const pen = place.getContext("2d");
    let drawing = false;
    const clear = () => {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, place.width, place.height);
      pen.strokeStyle = "#111";
      pen.lineWidth = 4;
      pen.lineCap = pen.lineJoin = "round";
      value.value = "";
    };
    const at = (event) => {
      const area = place.getBoundingClientRect();
      return [((event.clientX - area.left) * place.width) / area.width, ((event.clientY - area.top) * place.height) / area.height];
    };
    place.addEventListener("pointerdown", (event) => {
      drawing = true;
      place.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
      event.preventDefault();
    });
    place.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      pen.lineTo(...at(event));
      pen.stroke();
    });
    const lift = () => {
      if (drawing) value.value = place.toDataURL("image/png");
      drawing = false;
    };
    place.addEventListener("pointerup", lift);
    place.addEventListener("pointercancel", lift);
    one("draw-clear").addEventListener("click", clear);
    const show = () => {
      draw.hidden = !second.value;
      if (draw.hidden) clear();
    };
    second.addEventListener("change", show);
    clear();
    show();
  }
})();
