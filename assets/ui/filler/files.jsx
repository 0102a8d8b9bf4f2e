// Files and photos: sent by themselves as soon as they are chosen; the answer then only names them.
import { useContext, useEffect, useRef, useState } from "react";
import { common } from "./native.js";
import { Place } from "./place.js";
import { words } from "./words.js";

const TAKEN = "image/jpeg,image/png,image/webp,image/gif,application/pdf";
const LIMIT = 15_000_000;
const MOST = 10;

export function Files(props) {
  const { item, ids, value, onWrite } = props;
  const upload = useUpload(props);
  const most = item.repeats ? item.most || MOST : 1;
  const remove = (place) => {
    onWrite(item, { value: value.filter((_, each) => each !== place) }, true);
    setTimeout(() => document.getElementById(ids.field)?.focus());
  };
  const pick = (event) => {
    upload.send([...event.target.files].slice(0, most));
    event.target.value = ""; // the same file can be chosen again
  };
  return (
    <div className="pf-files">
      {value.map(({ valueAttachment: file }, place) => (
        <p className="pf-file" key={file.url}>
          <a href={file.url} download={file.title}>
            {file.title}
          </a>
          <button type="button" className="pf-link" aria-label={words.removeEntry(file.title)} onClick={() => remove(place)}>
            {words.remove}
          </button>
        </p>
      ))}
      {upload.problem && (
        <p className="pf-problem" role="alert">
          {upload.problem}{" "}
          {upload.again && (
            <button type="button" className="pf-link" onClick={upload.again}>
              {words.tryAgain}
            </button>
          )}
        </p>
      )}
      <div className="pf-row">
        <label className="pf-button pf-second pf-pick">
          <span>{value.length > 0 && most === 1 ? words.replaceFile : words.chooseFile}</span>
          <input {...common(props)} type="file" accept={TAKEN} multiple={most > 1} disabled={upload.busy} onChange={pick} />
        </label>
        <label className="pf-button pf-second pf-pick pf-camera">
          <span aria-hidden="true">{words.takePhoto}</span>
          <input
            type="file"
            aria-label={`${words.takePhoto}: ${item.text}`}
            accept="image/*"
            capture="environment"
            disabled={upload.busy}
            onChange={pick}
          />
        </label>
      </div>
      <p className="pf-help" role="status">
        {upload.busy ? words.sendingFile : words.filesHelp}
      </p>
    </div>
  );
}

// A file is sent once by hand; when the line is down the person is told and can try again with one press.
function useUpload({ item, value, onWrite }) {
  const { filesAt } = useContext(Place);
  const [state, setState] = useState({ busy: false, problem: "", again: null });
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  const put = (files) => {
    const kept = item.repeats ? latest.current : [];
    onWrite(item, { value: [...kept, ...files.map((file) => ({ valueAttachment: file }))] }, true);
  };
  const send = async (chosen) => {
    if (chosen.length === 0) return;
    setState({ busy: true, problem: "", again: null });
    const done = [];
    for (const [place, file] of chosen.entries()) {
      const { stored, problem, isFinal } = await sendOne(filesAt, file);
      if (stored) done.push(stored);
      else {
        if (done.length > 0) put(done);
        setState({ busy: false, problem, again: isFinal ? null : () => send(chosen.slice(place)) });
        return;
      }
    }
    put(done);
    setState({ busy: false, problem: "", again: null });
  };
  return { ...state, send };
}

async function sendOne(address, file) {
  if (file.size > LIMIT) return { problem: words.fileTooLarge, isFinal: true };
  try {
    const reply = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name), Accept: "application/json" },
      body: file,
    });
    const told = await reply.json();
    if (reply.ok) return { stored: told.file };
    return { problem: told.sentence || words.fileLost, isFinal: reply.status === 422 };
  } catch {
    return { problem: words.fileLost, isFinal: false };
  }
}
