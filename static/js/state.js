/** The line that says whether everything is saved. */

const TROUBLE = new Map([
  [0, "连不上服务器，已存在本机，联网后自动保存"],
  [401, "登录已过期：请在新窗口重新登录，这里会接着保存"],
  [403, "没有权限保存到这里"],
  [409, "现在不能修改"],
  [413, "一次改动太多，请分几次粘贴"],
  [422, "服务器读不懂这次改动"],
]);

/** Show the state of an outbox in words, with a button where the person can do something. */
export function showState(line, state, retry) {
  const [name, text] = worded(state);
  if (line.dataset.state === name && line.dataset.text === text) return;
  line.dataset.state = name;
  line.dataset.text = text;
  const words = document.createElement("span");
  words.textContent = text;
  line.replaceChildren(words, ...(state.trouble ? [retrying(retry)] : []));
}

function worded({ unsaved, conflicts, refused, busy, trouble, unkept }) {
  const kept = unkept ? "；浏览器存不下更多，请不要关闭本页" : "";
  if (trouble) return troubled(trouble, unsaved, kept);
  if (busy) return ["saving", "保存中…"];
  if (conflicts) return ["conflict", `冲突：${conflicts} 处与别人的改动不同，请选用一个`];
  if (refused) return ["unsaved", `未保存：${refused} 处填写有误${kept}`];
  return unsaved ? ["unsaved", `未保存：${unsaved} 处${kept}`] : ["saved", "已保存"];
}

function troubled({ status, message }, unsaved, kept) {
  const offline = status === 0 || status >= 500;
  const said = message || TROUBLE.get(status) || "服务器暂时出错，已存在本机，会自动再试";
  return [offline ? "offline" : "unsaved", `${offline ? "离线" : "未保存"}：${unsaved} 处。${said}${kept}`];
}

function retrying(retry) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "再试一次";
  button.addEventListener("click", retry);
  return button;
}
