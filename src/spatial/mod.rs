//! What is near: positions in, ids and metres out. The only room that knows `rstar`.
